/** Loops and matrix products on the CPU: what the networks' arithmetic is made of. */
@NullMarked
package io.sentimentstreams.kernel;

import org.jspecify.annotations.NullMarked;
