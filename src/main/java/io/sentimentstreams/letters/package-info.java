/** Dead letters after the stream: found, shown, replayed. */
@NullMarked
package io.sentimentstreams.letters;

import org.jspecify.annotations.NullMarked;
