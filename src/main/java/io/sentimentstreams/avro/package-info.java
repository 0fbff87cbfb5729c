/**
 * Events in Avro, with schemas of an Apicurio registry. Avro and Apicurio's serdes are on the class
 * path of builds with the Maven profile {@code avro} only; {@link AvroRoutes} is what other
 * packages may name without them.
 */
@NullMarked
package io.sentimentstreams.avro;

import org.jspecify.annotations.NullMarked;
