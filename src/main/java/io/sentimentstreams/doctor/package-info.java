/** What the stream needs of machine, folders, models and broker, looked at before it starts. */
@NullMarked
package io.sentimentstreams.doctor;

import org.jspecify.annotations.NullMarked;
