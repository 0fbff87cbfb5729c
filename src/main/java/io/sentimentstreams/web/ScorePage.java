package io.sentimentstreams.web;

import com.sun.net.httpserver.HttpExchange;
import io.sentimentstreams.InvalidInputException;
import java.io.IOException;

/** {@code POST /score}: labels texts, and says which words moved the labels. */
final class ScorePage {
  static final String PATH = "/score";

  /** Most bytes of a request. */
  static final int MAXIMUM_BYTES = 256 * 1024;

  private final Scoring scoring;

  ScorePage(Scoring scoring) {
    this.scoring = scoring;
  }

  /** Answers a request, whose body it reads as far as its limit. */
  Answer answer(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      return error(405, "method not allowed; send POST");
    }
    byte[] body = exchange.getRequestBody().readNBytes(MAXIMUM_BYTES + 1);
    if (body.length > MAXIMUM_BYTES) {
      return error(413, "the body has more than %d bytes".formatted(MAXIMUM_BYTES));
    }
    try {
      ScoreJson.Read read = ScoreJson.read(body);
      return Answer.of(200, ScoreJson.write(scoring.score(read.request()), read.single()));
    } catch (InvalidInputException wrong) {
      return error(400, String.valueOf(wrong.getMessage()));
    } catch (Scoring.NotNowException notNow) {
      if (notNow.reason().isRetried()) {
        exchange.getResponseHeaders().set("Retry-After", "1");
      }
      return error(notNow.reason().status(), String.valueOf(notNow.getMessage()));
    }
  }

  private static Answer error(int status, String message) {
    return Answer.of(status, ScoreJson.error(message));
  }
}
