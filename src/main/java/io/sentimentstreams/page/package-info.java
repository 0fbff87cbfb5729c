/**
 * The page at {@code /}: samples of the events, the state of the stream, and how browsers get them.
 */
@NullMarked
package io.sentimentstreams.page;

import org.jspecify.annotations.NullMarked;
