package io.sentimentstreams.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.report.Chromium.Scheme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The report as Chromium shows it, at the width of a desk and of a phone, light and dark; skipped
 * where there is no Chromium. The pictures stay in {@code target/report-pictures}.
 */
final class ReportInBrowserIT {
  private static final Path PICTURES = Path.of("target", "report-pictures");
  private static final int PHONE = 390;
  private static final int DESK = 1280;

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Chromium browser;

  @BeforeAll
  static void writePages() throws IOException {
    Optional<Chromium> found = Chromium.find(folder);
    assumeTrue(found.isPresent(), "no Chromium on the PATH: install Debian's package chromium");
    browser = found.orElseThrow();
    Files.writeString(folder.resolve("report.html"), TestReports.report(40).html());
    try (InputStream harness =
        Objects.requireNonNull(ReportInBrowserIT.class.getResourceAsStream("harness.html"))) {
      Files.copy(harness, folder.resolve("harness.html"));
    }
  }

  @ParameterizedTest
  @CsvSource({DESK + ",LIGHT", DESK + ",DARK", PHONE + ",LIGHT", PHONE + ",DARK"})
  void report_anyWidthAndScheme_isReadable(int width, Scheme scheme) throws Exception {
    JsonNode seen = look(width, scheme);

    assertThat(seen.path("title").asText()).isEqualTo("conv1d-f32: model report");
    assertThat(seen.path("overflow").asInt()).as("pixels beyond the right edge").isZero();
    assertThat(seen.path("charts").asInt()).isEqualTo(4);
    assertThat(seen.path("drawn").asInt()).isEqualTo(4);
    assertThat(seen.path("faint")).as("texts of a contrast below 4.5").isEmpty();
    assertThat(seen.path("unreachable")).as("out of the keyboard's reach").isEmpty();
    assertThat(seen.path("requests").asInt()).isZero();
    assertThat(seen.path("tileBesideTile").asBoolean()).isTrue();
    assertThat(seen.path("pairBeside").asBoolean()).isEqualTo(width == DESK);
  }

  @Test
  void report_readerWhoPrefersDark_isDark() throws Exception {
    assertThat(look(DESK, Scheme.LIGHT).path("background").asDouble()).isGreaterThan(0.9);
    assertThat(look(DESK, Scheme.DARK).path("background").asDouble()).isLessThan(0.05);
  }

  @ParameterizedTest
  @CsvSource({"desk-light,1200,LIGHT", "desk-dark,1200,DARK", "phone-light,390,LIGHT"})
  void report_screenshot_showsIt(String name, int width, Scheme scheme) throws Exception {
    Path picture = PICTURES.resolve(name + ".png");

    browser.screenshot(url("report.html"), scheme, width, 3000, picture);

    BufferedImage image = ImageIO.read(picture.toFile());
    assertThat(image.getWidth()).isEqualTo(width);
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y += 3) {
      for (int x = 0; x < image.getWidth(); x += 3) {
        colours.add(image.getRGB(x, y));
      }
    }
    assertThat(colours).hasSizeGreaterThan(50);
  }

  /** What a reader meets, see {@code harness.html}. */
  private static JsonNode look(int width, Scheme scheme) throws Exception {
    String document = browser.document(url("harness.html") + "#" + width, scheme);
    return new JsonMapper().readTree(Jsoup.parse(document).select("#result").text());
  }

  private static String url(String name) {
    return folder.resolve(name).toUri().toString();
  }
}
