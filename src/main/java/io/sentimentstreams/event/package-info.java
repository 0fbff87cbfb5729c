/** What goes over the topics: parsed input events, labelled events, dead letters. */
@NullMarked
package io.sentimentstreams.event;

import org.jspecify.annotations.NullMarked;
