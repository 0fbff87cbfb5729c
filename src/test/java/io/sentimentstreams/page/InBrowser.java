package io.sentimentstreams.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sentimentstreams.report.Chromium;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A page in a tab of Chromium, new for each test; skipped where there is no Chromium. */
abstract class InBrowser {
  /** Where pictures of the page are left, to be looked at. */
  static final Path PICTURES = Path.of("target", "page");

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private static Path folder;

  private static @Nullable Tab opened;

  @SuppressWarnings("NullAway.Init") // set before each test
  ServedPage served;

  @BeforeAll
  static void openBrowser() throws Exception {
    Optional<Chromium> found = Chromium.find(folder);
    assumeTrue(found.isPresent(), "no Chromium on the PATH: install Debian's package chromium");
    opened = Tab.open(found.orElseThrow(), folder);
  }

  @AfterAll
  static void closeBrowser() {
    if (opened != null) {
      opened.close();
    }
  }

  @BeforeEach
  final void serve() throws Exception {
    served = new ServedPage();
    tab().look(1280, 900, false);
    tab().show(served.url());
    eventually().until(() -> tab().text("health-text").equals("ready"));
  }

  @AfterEach
  final void close() {
    served.close();
  }

  static Tab tab() {
    if (opened == null) {
      throw new IllegalStateException("no browser");
    }
    return opened;
  }

  static ConditionFactory eventually() {
    return Awaitility.await().atMost(Duration.ofSeconds(30));
  }

  /** Types into the box, in the place of what it has. */
  static void ask(String text) throws Exception {
    tab().value("(box => { box.focus(); box.select(); })(document.getElementById('score-text'))");
    if (text.isEmpty()) {
      tab().press("Backspace", 8);
    } else {
      tab().type(text);
    }
  }
}
