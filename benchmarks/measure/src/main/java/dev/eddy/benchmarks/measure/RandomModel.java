package dev.eddy.benchmarks.measure;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.Provenance;
import dev.eddy.model.store.PublishedModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An untrained model of the default size, which costs as much as a trained one. */
final class RandomModel {
  static final ObservationSchema SCHEMA =
      new ObservationSchema(List.of("load", "wind"), List.of(), null);

  static final List<Integer> HORIZONS = List.of(1, 3);
  static final List<Double> QUANTILES = List.of(0.1, 0.5, 0.9);

  private static final int LAYERS = 2;
  private static final int HIDDEN = 64;

  private RandomModel() {}

  /** Publishes the next version; says how it is announced to serve from an event time on. */
  static Announcement publish(Path store, String name, long from) {
    ModelSpec spec = spec();
    PublishedModel model =
        ModelStore.at(store)
            .publish(
                name,
                spec,
                NetworkWeights.initialise(spec.network(), 1),
                new Provenance("none", "a benchmark", 1, "any", Instant.EPOCH),
                Map.of(),
                Map.of());
    return new Announcement(
        "random model from " + from,
        model.id().toString(),
        from,
        "rewarm",
        model.digest(),
        store.toString());
  }

  private static ModelSpec spec() {
    InputEncoding input =
        new InputEncoding(
            SCHEMA.numeric().stream()
                .map(feature -> new InputEncoding.NumericFeature(feature, false, 10, 4, 0))
                .toList(),
            List.of(),
            List.of(),
            ZoneOffset.UTC,
            Optional.empty(),
            Duration.ofMinutes(1),
            List.of(new InputEncoding.Target("load", List.of(4))),
            List.of(),
            InputEncoding.Statics.NONE,
            Optional.empty());
    Head head = head();
    NetworkShape network =
        new NetworkShape(
            CellType.SRU, InputEncoder.inputSize(input, head), HIDDEN, LAYERS, head.outputSize());
    return new ModelSpec(network, input, head);
  }

  private static Head head() {
    Head.TargetHead load =
        new Head.TargetHead(
            "load",
            List.of(Head.Baseline.last(), new Head.Mean(true, List.of(4))),
            List.of(-1f, 0f, 1f, -2f, 0f, 2f),
            new Head.UnitPrior(1, 0));
    return new Head.Forecast(HORIZONS, QUANTILES, List.of(load), 3, Optional.empty());
  }
}
