package io.sentimentstreams.stream;

/** What lies under an exception. */
final class Causes {
  private Causes() {}

  /** The first line that the innermost cause says, its class's name where it says nothing. */
  static String deepestMessage(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return message == null || message.isBlank()
        ? deepest.getClass().getSimpleName()
        : message.lines().findFirst().orElseThrow();
  }
}
