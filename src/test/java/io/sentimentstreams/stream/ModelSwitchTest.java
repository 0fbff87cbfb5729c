package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.control.Activation;
import io.sentimentstreams.control.ControlState;
import io.sentimentstreams.control.RouteReport;
import io.sentimentstreams.metrics.Meters;
import io.sentimentstreams.model.Labels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ModelSwitchTest {
  private static final String CONFIGURED = "configured";

  private final StreamSettings settings = TestSettings.with("routes.tweets.model", CONFIGURED);
  private final Route tweets =
      settings.routes().stream().filter(route -> route.name().equals("tweets")).findFirst().get();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Meters meters = new Meters(registry);

  /** What lies in which folder. */
  private final Map<String, FakeLabeller> folders = new HashMap<>();

  private final List<String> opened = new ArrayList<>();
  private final RouteModels models =
      new RouteModels(settings, this::open, meters, TestSlots.samples());
  private final ModelSwitch modelSwitch = new ModelSwitch(settings, models, meters);

  private FakeLabeller open(Route route) {
    String folder = route.model().toString();
    opened.add(folder);
    FakeLabeller labeller = folders.get(folder);
    if (labeller == null) {
      throw new InvalidInputException("model %s: does not exist".formatted(folder));
    }
    return labeller;
  }

  @BeforeEach
  void place() {
    folders.put(CONFIGURED, new FakeLabeller("first", version('1')));
    folders.put("models/reviews-bilstm", new FakeLabeller("reviews", version('9')));
    folders.put("second", new FakeLabeller("second", version('2')));
    folders.put("third", new FakeLabeller("third", version('3')));
    models.load();
    models.place(
        settings.limits(),
        route -> RouteCodecs.json(route, settings.limits()),
        InstantSource.fixed(Instant.EPOCH));
    opened.clear();
  }

  @AfterEach
  void close() throws InterruptedException {
    models.close(Duration.ofSeconds(10));
    assertThat(folders.values()).allMatch(model -> !opens(model) || model.closed.get());
  }

  private boolean opens(FakeLabeller model) {
    return opened.stream().anyMatch(folder -> folders.get(folder) == model);
  }

  @Test
  void activation_ofAGoodBundle_exchangesTheModel() {
    FakeLabeller second = model("second");
    assertThat(follow(wish(7, "second", '2', false, null))).isTrue();

    assertThat(report()).isEqualTo(new RouteReport("second", version('2'), 7, Instant.EPOCH, null));
    assertThat(second.batches).as("warmed up").isNotEmpty();
    assertThat(second.closed).isFalse();
    assertThat(exchanges("activated")).isEqualTo(1);
    assertThat(registry.get("sentiment.model.info").tag("route", "tweets").gauges())
        .extracting(gauge -> gauge.getId().getTag("model"))
        .containsExactly("second");
    assertThat(follow(wish(7, "second", '2', false, null))).isFalse();
    assertThat(opened).containsExactly("second");
  }

  @Test
  void wishes_thatAreDoneOrRefused_areAnswered() {
    ControlState.Wish done = wish(7, "second", '2', false, null);
    assertThat(modelSwitch.hasAnswered(Map.of("tweets", done))).isFalse();
    follow(done);
    assertThat(modelSwitch.hasAnswered(Map.of("tweets", done))).isTrue();

    ControlState.Wish refused = wish(8, "nowhere", '3', false, null);
    assertThat(modelSwitch.hasAnswered(Map.of("tweets", refused))).isFalse();
    follow(refused);
    assertThat(modelSwitch.hasAnswered(Map.of("tweets", refused, "of others", done))).isTrue();
  }

  @Test
  void activation_ofWhatIsInUse_loadsNothing() {
    String sameFolder = Path.of(CONFIGURED, ".").toAbsolutePath().toString();
    assertThat(follow(wish(7, sameFolder, '1', false, null))).isTrue();

    assertThat(opened).isEmpty();
    assertThat(report()).isEqualTo(new RouteReport("first", version('1'), 7, Instant.EPOCH, null));
  }

  /** The next start would load it from there. */
  @Test
  void activation_ofWhatIsInUseInAnotherFolder_isCheckedAsAnyOther() {
    follow(wish(7, "nowhere", '1', false, null));
    assertThat(report().refusal()).isEqualTo("model nowhere: does not exist");

    follow(wish(8, "second", '1', false, null));
    assertThat(report().refusal()).contains("its version is " + version('2'));

    folders.put("copy", new FakeLabeller("first", version('1')));
    follow(wish(9, "copy", '1', false, null));
    assertThat(report()).isEqualTo(new RouteReport("first", version('1'), 9, Instant.EPOCH, null));
    assertThat(opened).containsExactly("nowhere", "second", "copy");
    assertThat(model("copy").closed).isFalse();
  }

  @Test
  void activation_ofAMissingBundle_isRefusedWithTheReason() {
    follow(wish(7, "nowhere", '2', false, null));

    assertThat(report())
        .isEqualTo(
            new RouteReport(
                "first", version('1'), 7, Instant.EPOCH, "model nowhere: does not exist"));
    assertThat(exchanges("refused")).isEqualTo(1);
    assertThat(model(CONFIGURED).closed).isFalse();
  }

  @Test
  void activation_ofOtherContent_isRefusedAndClosed() {
    follow(wish(7, "second", '5', false, null));

    assertThat(report().model()).isEqualTo("first");
    assertThat(report().refusal()).contains("its version is " + version('2'));
    assertThat(model("second").closed).isTrue();
  }

  @Test
  void activation_ofABundleThatFails_isRefusedAndClosed() {
    model("second").broken.set(true);
    follow(wish(7, "second", '2', false, null));

    assertThat(report().refusal())
        .startsWith("route tweets: model second (second): fails in the warm-up")
        .contains("IllegalStateException: the network fails");
    assertThat(model("second").closed).isTrue();
    assertThat(model(CONFIGURED).closed).isFalse();
  }

  @Test
  void activation_ofOtherLabels_isRefusedUnlessMeant() {
    folders.put("other", new FakeLabeller("other", version('4'), new Labels(List.of("a", "b"))));
    follow(wish(7, "other", '4', false, null));
    assertThat(report().refusal()).contains("labels are a, b", "--other-labels");
    assertThat(model("other").closed).isTrue();

    model("other").closed.set(false);
    follow(wish(8, "other", '4', true, null));
    assertThat(report()).isEqualTo(new RouteReport("other", version('4'), 8, Instant.EPOCH, null));
    assertThat(registry.find("sentiment.events.labelled").tag("label", "a").counter()).isNotNull();
  }

  @Test
  void activation_thatIsBadAtTheStart_leavesTheOneBefore() {
    follow(wish(7, "nowhere", '3', false, activation("second", '2', false, null)));

    assertThat(report())
        .isEqualTo(
            new RouteReport(
                "second", version('2'), 7, Instant.EPOCH, "model nowhere: does not exist"));
  }

  @Test
  void activation_thatIsBadLater_leavesTheModelInUse() {
    follow(wish(7, "third", '3', false, null));
    follow(wish(8, "nowhere", '5', false, activation("second", '2', false, null)));

    assertThat(report().model()).isEqualTo("third");
    assertThat(report().refusal()).isEqualTo("model nowhere: does not exist");
    assertThat(opened).doesNotContain("second");
  }

  @Test
  void deactivation_afterAnActivation_bringsTheSettingsModelBack() {
    follow(wish(7, "second", '2', false, null));
    folders.put(CONFIGURED, new FakeLabeller("first", version('1')));
    follow(new ControlState.Wish(8, Instant.EPOCH, Optional.empty()));

    assertThat(report()).isEqualTo(new RouteReport("first", version('1'), 8, Instant.EPOCH, null));
  }

  @Test
  void deactivation_atTheStart_loadsNothing() {
    assertThat(follow(new ControlState.Wish(8, Instant.EPOCH, Optional.empty()))).isTrue();

    assertThat(opened).isEmpty();
    assertThat(report()).isEqualTo(new RouteReport("first", version('1'), 8, Instant.EPOCH, null));
  }

  @Test
  void wishes_ofRoutesOfOthers_arePassedOver() {
    assertThat(modelSwitch.follow(Map.of("others", wish(7, "second", '2', false, null)))).isFalse();
    assertThat(report().answers()).isEqualTo(RouteReport.NOTHING);
  }

  private boolean follow(ControlState.Wish wish) {
    return modelSwitch.follow(Map.of("tweets", wish));
  }

  private RouteReport report() {
    return Objects.requireNonNull(modelSwitch.report().get(tweets.name()));
  }

  private FakeLabeller model(String folder) {
    return Objects.requireNonNull(folders.get(folder));
  }

  private double exchanges(String outcome) {
    return registry
        .get("sentiment.model.exchanges")
        .tags("route", "tweets", "outcome", outcome)
        .counter()
        .count();
  }

  private static ControlState.Wish wish(
      long offset,
      String folder,
      char version,
      boolean labelsMayDiffer,
      @Nullable Activation previous) {
    return new ControlState.Wish(
        offset, Instant.EPOCH, Optional.of(activation(folder, version, labelsMayDiffer, previous)));
  }

  private static Activation activation(
      String folder, char version, boolean labelsMayDiffer, @Nullable Activation previous) {
    return new Activation(
        folder, folder, version(version), labelsMayDiffer, Instant.EPOCH, previous);
  }

  private static String version(char digit) {
    return String.valueOf(digit).repeat(64);
  }
}
