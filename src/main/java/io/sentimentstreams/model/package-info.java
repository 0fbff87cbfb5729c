/** What a model is: labels, network, text settings, weights; its bundle on disk; its inference. */
@NullMarked
package io.sentimentstreams.model;

import org.jspecify.annotations.NullMarked;
