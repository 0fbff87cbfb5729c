package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ModelSlotTest {
  private final StreamSettings settings = TestSettings.with();
  private final RouteModel.Maker maker =
      TestSlots.maker(settings, new SimpleMeterRegistry(), Instant.EPOCH, () -> 0);
  private final FakeLabeller first = new FakeLabeller();
  private final FakeLabeller second = new FakeLabeller();
  private final ModelSlot slot = new ModelSlot(model(first));

  @Test
  void exchange_whileAFrameIsUnderWay_closesTheFormerAfterIt() {
    ModelSlot.Lease frame = slot.lease();
    slot.exchange(model(second));

    assertThat(frame.model().shared().labeller()).isSameAs(first);
    assertThat(first.closed).isFalse();
    try (ModelSlot.Lease next = slot.lease()) {
      assertThat(next.model().shared().labeller()).isSameAs(second);
      assertThat(first.closed).isFalse();
    }
    frame.close();
    assertThat(first.closed).isTrue();
    assertThat(second.closed).isFalse();
  }

  @Test
  void exchange_withoutAFrame_closesTheFormerAtOnce() {
    slot.exchange(model(second));

    assertThat(first.closed).isTrue();
    assertThat(second.closed).isFalse();
  }

  @Test
  void model_ofTwoSlots_staysOpenForTheOther() {
    SharedModel shared = new SharedModel(second, Runnable::run);
    ModelSlot one = new ModelSlot(model(shared));
    ModelSlot other = new ModelSlot(model(shared.hold()));

    one.close();
    assertThat(second.closed).isFalse();
    other.close();
    assertThat(second.closed).isTrue();
  }

  @Test
  void lease_afterTheEnd_isRefused() {
    slot.close();

    assertThat(first.closed).isTrue();
    assertThatThrownBy(slot::lease).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(slot::close).isInstanceOf(IllegalStateException.class);
  }

  private RouteModel model(FakeLabeller labeller) {
    return model(new SharedModel(labeller, Runnable::run));
  }

  private RouteModel model(SharedModel shared) {
    return maker.make(settings.routes().get(0), shared);
  }
}
