/** What the control topic says: which models are asked for, and what each instance made of it. */
@NullMarked
package io.sentimentstreams.control;

import org.jspecify.annotations.NullMarked;
