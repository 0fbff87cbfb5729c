/** The commands of the launcher {@code sentiment}. */
@NullMarked
package io.sentimentstreams.cli;

import org.jspecify.annotations.NullMarked;
