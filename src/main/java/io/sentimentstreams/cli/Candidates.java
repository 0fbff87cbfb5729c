package io.sentimentstreams.cli;

import io.sentimentstreams.chaos.ChaosSettings;
import io.sentimentstreams.chaos.FaultKind;
import io.sentimentstreams.corpus.CorpusSource;
import io.sentimentstreams.corpus.PostPart;
import io.sentimentstreams.event.RejectionReason;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.stream.ProcessingGuarantee;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** The values of options that have fixed ones, as users write them, for shells to complete. */
abstract sealed class Candidates implements Iterable<String> {
  private final List<String> values;

  private Candidates(Stream<String> values) {
    this.values = values.toList();
  }

  /** An enum whose values are written as their names in lower case. */
  private <E extends Enum<E>> Candidates(E[] values) {
    this(values, value -> value.name().toLowerCase(Locale.ROOT));
  }

  private <E extends Enum<E>> Candidates(E[] values, Function<E, String> written) {
    this(Arrays.stream(values).map(written));
  }

  @Override
  public Iterator<String> iterator() {
    return values.iterator();
  }

  /** Of {@code --backend}. */
  static final class Backends extends Candidates {
    Backends() {
      super(BackendKind.values(), BackendKind::code);
    }
  }

  /** Of {@code --device}; {@code cuda:N} is one for each N. */
  static final class Devices extends Candidates {
    Devices() {
      super(Stream.of("auto", "cpu", "cuda"));
    }
  }

  /** Of {@code --log-format}. */
  static final class LogFormats extends Candidates {
    LogFormats() {
      super(LogFormat.values(), LogFormat::code);
    }
  }

  /** Of {@code --reason}. */
  static final class Reasons extends Candidates {
    Reasons() {
      super(RejectionReason.values(), RejectionReason::code);
    }
  }

  /** Of {@code --faults}. */
  static final class Faults extends Candidates {
    Faults() {
      super(ChaosSettings.kinds().stream().map(FaultKind::code));
    }
  }

  /** Of {@code --guarantee}. */
  static final class Guarantees extends Candidates {
    Guarantees() {
      super(ProcessingGuarantee.values(), ProcessingGuarantee::code);
    }
  }

  /** Of {@code --weights}. */
  static final class Weights extends Candidates {
    Weights() {
      super(BundleOptions.WeightSize.values());
    }
  }

  /** Of {@code --part}. */
  static final class Parts extends Candidates {
    Parts() {
      super(CorpusSource.Part.values());
    }
  }

  /** Of {@code --strip}. */
  static final class PostParts extends Candidates {
    PostParts() {
      super(PostPart.values());
    }
  }

  /** Of the {@code --network} of measurements. */
  static final class Networks extends Candidates {
    Networks() {
      super(NetworkOptions.Kind.values());
    }
  }

  /** Of the demo's {@code --route}. */
  static final class DemoRoutes extends Candidates {
    DemoRoutes() {
      super(DemoSettings.ROUTES.stream());
    }
  }

  /** Of the demo's {@code --rate}: the only one that is no number. */
  static final class Rates extends Candidates {
    Rates() {
      super(Stream.of("max"));
    }
  }
}
