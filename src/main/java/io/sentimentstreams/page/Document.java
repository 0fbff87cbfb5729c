package io.sentimentstreams.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page as one HTML document, its style and script within it, and the content security policy
 * that allows these two by their hashes and nothing else but requests to where it came from.
 *
 * @param policy value of the header {@code Content-Security-Policy}
 */
record Document(String html, String policy) {
  private static final String STYLE = "/*style*/";
  private static final String SCRIPT = "/*script*/";

  /** The one that is among the resources. */
  static Document load() {
    String style = resource("page.css");
    String script = resource("page.js");
    String html = resource("page.html").replace(STYLE, style).replace(SCRIPT, script);
    String policy =
        String.join(
            "; ",
            "default-src 'none'",
            "style-src '" + hash(style) + "'",
            "script-src '" + hash(script) + "'",
            "connect-src 'self'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");
    return new Document(html, policy);
  }

  private static String resource(String name) {
    try (InputStream in = Document.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource %s is missing".formatted(name));
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String hash(String content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
