package io.sentimentstreams.web;

import java.util.Optional;

/**
 * What a query over HTTP is answered with.
 *
 * @param status of HTTP
 * @param json the body, one document
 * @param location where the answer is to be had instead, for a status that says so
 */
public record Answer(int status, String json, Optional<String> location) {
  /** An answer from here. */
  public static Answer of(int status, String json) {
    return new Answer(status, json, Optional.empty());
  }
}
