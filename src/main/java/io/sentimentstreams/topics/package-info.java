/** Topics as their files describe them, against those of a broker; and all of them as AsyncAPI. */
@NullMarked
package io.sentimentstreams.topics;

import org.jspecify.annotations.NullMarked;
