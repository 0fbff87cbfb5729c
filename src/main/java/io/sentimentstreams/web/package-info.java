/** HTTP endpoints: metrics and health. */
@NullMarked
package io.sentimentstreams.web;

import org.jspecify.annotations.NullMarked;
