/** Every meter's name, unit and tags in one place. */
@NullMarked
package io.sentimentstreams.metrics;

import org.jspecify.annotations.NullMarked;
