package io.sentimentstreams.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A self-signed certificate for 127.0.0.1, made by the JDK's keytool.
 *
 * @param keystore the key and the certificate, PKCS12
 * @param certificate the certificate alone, PEM
 */
public record TlsMaterial(Path keystore, Path certificate) {
  /** The password of the keystore. */
  public static final String PASSWORD = "keystore-secret";

  /** Makes both files in the folder. */
  public static TlsMaterial create(Path folder) throws IOException, InterruptedException {
    Path keystore = folder.resolve("broker.p12");
    Path certificate = folder.resolve("broker.pem");
    keytool(
        keystore,
        List.of(
            "-genkeypair",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-validity",
            "3650"));
    keytool(keystore, List.of("-exportcert", "-rfc", "-file", certificate.toString()));
    return new TlsMaterial(keystore, certificate);
  }

  /** What a client needs that trusts the certificate. */
  public Map<String, String> clientSettings(String user, String password) {
    Map<String, String> settings = new HashMap<>(credentials(user, password));
    settings.put("security.protocol", "SASL_SSL");
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.location", certificate.toString());
    return settings;
  }

  /** The part of it that says who the client is. */
  public static Map<String, String> credentials(String user, String password) {
    return Map.of(
        "sasl.mechanism",
        "SCRAM-SHA-512",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user, password));
  }

  private static void keytool(Path keystore, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-alias",
            "broker",
            "-storetype",
            "PKCS12",
            "-keystore",
            keystore.toString(),
            "-storepass",
            PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
  }
}
