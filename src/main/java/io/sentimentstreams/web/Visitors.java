package io.sentimentstreams.web;

import com.sun.net.httpserver.Headers;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which requests of browsers are refused: those that a page of another site makes (their {@code
 * Origin} is not the {@code Host}), and, where only this machine can connect, those to a name other
 * than {@code localhost}. A foreign name that leads here has been made to ("DNS rebinding"), so
 * that a page of that name may read what is served here.
 */
final class Visitors {
  private static final Pattern THIS_MACHINE =
      Pattern.compile("(localhost|[0-9.]+|\\[[0-9a-fA-F:.]+])(:[0-9]+)?");

  private final boolean loopback;

  /**
   * A guard.
   *
   * @param loopback whether only this machine can connect
   */
  Visitors(boolean loopback) {
    this.loopback = loopback;
  }

  /** Why a request is not answered; null where it is. */
  @Nullable String refusal(Headers request) {
    String host = request.getFirst("Host");
    String origin = request.getFirst("Origin");
    if (loopback && host != null && !THIS_MACHINE.matcher(host).matches()) {
      return "Refused: served on this machine only, as localhost or by its address.";
    }
    if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
      return "Refused: asked by a page of another site.";
    }
    return null;
  }
}
