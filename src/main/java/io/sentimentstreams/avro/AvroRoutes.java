package io.sentimentstreams.avro;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.EventCodec;
import java.util.List;

/** The codecs of the routes in Avro, which share what is known of the registry's schemas. */
public interface AvroRoutes extends AutoCloseable {
  /** A class of Apicurio's serdes, and one of its client. */
  List<String> NEEDED =
      List.of(
          "org.apache.avro.Schema",
          "io.apicurio.registry.serde.avro.AvroKafkaSerializer",
          "io.kiota.http.jdk.JDKRequestAdapter");

  /**
   * Connects to the registry.
   *
   * @throws InvalidInputException where this build has no Avro, or a setting cannot be used
   */
  static AvroRoutes open(SchemaRegistrySettings settings) {
    requireLibraries(AvroRoutes.class.getClassLoader());
    return RegistryRoutes.open(settings);
  }

  /** Checks that a class loader has what builds of the profile {@code avro} have. */
  static void requireLibraries(ClassLoader loader) {
    for (String needed : NEEDED) {
      try {
        Class.forName(needed, false, loader);
      } catch (ClassNotFoundException | LinkageError missing) {
        throw new InvalidInputException(
            "format avro: this build is without Avro and Apicurio's serdes; build it with the Maven profile avro: mvn -B -Pavro -Dmaven.test.skip=true package",
            missing);
      }
    }
  }

  /**
   * The codec of a route. Its schema of labelled events is in the registry afterwards.
   *
   * @throws InvalidInputException where the registry does not answer, or refuses
   */
  EventCodec codec(AvroRoute route);

  /** Ends what is under way. */
  @Override
  void close();
}
