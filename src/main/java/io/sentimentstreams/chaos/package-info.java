/** The stream under fire: processes killed, stopped and paused by plan, and an audit at the end. */
@NullMarked
package io.sentimentstreams.chaos;

import org.jspecify.annotations.NullMarked;
