package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.Calibration;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.Provenance;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.model.tensor.Tensor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Small networks of random weights in a real store: forecasting {@code load} of two features. */
public final class TestModels {
  public static final String NAME = "test";
  public static final ObservationSchema SCHEMA =
      new ObservationSchema(List.of("load", "wind"), List.of(), null);

  /** The same, the wind told four observations ahead. */
  public static final ObservationSchema SCHEMA_WITH_FUTURE =
      new ObservationSchema(
          List.of("load", "wind"), List.of(), null, new FutureFields(List.of("wind"), 4, 0));

  private static final List<Integer> HORIZONS = List.of(1, 3);
  private static final List<Double> QUANTILES = List.of(0.1, 0.5, 0.9);

  private final Path store;
  private final String name;

  public TestModels(Path store) {
    this(store, NAME);
  }

  /** Versions of a model of another name. */
  public TestModels(Path store, String name) {
    this.store = store;
    this.name = name;
  }

  /** Publishes the next version, an SRU of two layers and eight units. */
  public PublishedModel publish(long seed) {
    return publish(spec(CellType.SRU, 2, 8, List.of("load", "wind")), seed);
  }

  public PublishedModel publish(ModelSpec spec, long seed) {
    return publish(ModelStore.at(store), spec, seed);
  }

  /** Publishes it in another store. */
  public PublishedModel publish(ModelStore other, ModelSpec spec, long seed) {
    return other.publish(
        name,
        spec,
        weights(spec.network(), seed),
        new Provenance("none", "test", seed, "any", Instant.EPOCH),
        Map.of(),
        Map.of());
  }

  /** Announces a version from the beginning of time. */
  public Announcement announce(PublishedModel model) {
    return announce(model, Long.MIN_VALUE, "carry");
  }

  public Announcement announce(PublishedModel model, long effectiveFrom, String swap) {
    return new Announcement(
        "announcement of " + model.id() + " from " + effectiveFrom + ", " + swap,
        model.id().toString(),
        effectiveFrom,
        swap,
        model.digest(),
        store.toString());
  }

  public Path weights(PublishedModel model) {
    return store
        .resolve(model.id().name())
        .resolve(Integer.toString(model.id().version()))
        .resolve("weights.safetensors");
  }

  public static ModelSpec spec(CellType cell, int layers, int hidden, List<String> features) {
    return spec(cell, layers, hidden, features, List.of("load"));
  }

  /** As {@link #spec(CellType, int, int, List)}, forecasting some of the features. */
  public static ModelSpec spec(
      CellType cell, int layers, int hidden, List<String> features, List<String> targets) {
    List<InputEncoding.NumericFeature> numeric =
        features.stream()
            .map(name -> new InputEncoding.NumericFeature(name, false, 10, 4, 0))
            .toList();
    InputEncoding input =
        new InputEncoding(
            numeric,
            List.of(),
            List.of(),
            ZoneOffset.UTC,
            Optional.empty(),
            Duration.ofMinutes(1),
            targets.stream().map(name -> new InputEncoding.Target(name, List.of(4))).toList(),
            List.of(),
            InputEncoding.Statics.NONE,
            Optional.empty());
    Head head =
        new Head.Forecast(
            HORIZONS,
            QUANTILES,
            targets.stream().map(TestModels::head).toList(),
            3,
            Optional.of(calibration(HORIZONS.size() * targets.size())));
    NetworkShape network =
        new NetworkShape(
            cell, InputEncoder.inputSize(input, head), hidden, layers, head.outputSize());
    return new ModelSpec(network, input, head);
  }

  private static Head.TargetHead head(String target) {
    return new Head.TargetHead(
        target,
        List.of(Head.Baseline.last(), new Head.Mean(true, List.of(4))),
        List.of(-1f, 0f, 1f, -2f, 0f, 2f),
        new Head.UnitPrior(1, 0));
  }

  private static Calibration calibration(int columns) {
    List<Float> scores =
        Collections.nCopies(columns, List.of(-1f, 0f, 1f)).stream().flatMap(List::stream).toList();
    return new Calibration(List.of(0.3, 0.8, 0.9), scores, Optional.empty());
  }

  /** A small network that tells classes apart. */
  public static ModelSpec classes(List<String> labels) {
    InputEncoding forecast = spec(CellType.SRU, 1, 4, List.of("load", "wind")).input();
    InputEncoding input =
        new InputEncoding(
            forecast.numeric(),
            forecast.categorical(),
            forecast.calendar(),
            forecast.zone(),
            forecast.interval(),
            forecast.typicalGap(),
            List.of(),
            forecast.deviationSpans(),
            forecast.statics(),
            Optional.empty());
    Head head = new Head.Classes(labels);
    int size = InputEncoder.inputSize(input, head);
    return new ModelSpec(
        new NetworkShape(CellType.SRU, size, 4, 1, head.outputSize()), input, head);
  }

  /** The same model, which reads the future of the wind. */
  public static ModelSpec withFuture(ModelSpec spec) {
    InputEncoding without = spec.input();
    InputEncoding input =
        new InputEncoding(
            without.numeric(),
            without.categorical(),
            without.calendar(),
            without.zone(),
            without.interval(),
            without.typicalGap(),
            without.targets(),
            without.deviationSpans(),
            without.statics(),
            Optional.of(new InputEncoding.Future(List.of("wind"), 4, HORIZONS)));
    NetworkShape network =
        new NetworkShape(
            CellType.of(spec.network().layers().get(0).cell()),
            InputEncoder.inputSize(input, spec.head()),
            spec.network().topSize(),
            spec.network().layers().size(),
            spec.head().outputSize());
    return new ModelSpec(network, input, spec.head());
  }

  /** Wind that many observations ahead: place, value, place, value, … */
  public static FutureValues future(Number... placeAndWind) {
    int size = placeAndWind.length / 2;
    FutureValues future = new FutureValues(new long[size], new int[size], new double[size]);
    for (int i = 0; i < size; i++) {
      future.when()[i] = placeAndWind[2 * i].longValue();
      future.features()[i] = 1;
      future.values()[i] = placeAndWind[2 * i + 1].doubleValue();
    }
    return future;
  }

  /** As {@link #observation(String, long, long)}, of a record with a Kafka timestamp. */
  public static Observation recorded(String key, long time, long offset, long recordTime) {
    Observation without = observation(key, time, offset);
    return new Observation(
        key,
        time,
        without.numeric(),
        without.categories(),
        null,
        FutureValues.NONE,
        0,
        offset,
        recordTime);
  }

  /** A series' observation with values that depend on key and time only. */
  public static Observation observation(String key, long time, long offset) {
    Random random = new Random(31L * key.hashCode() + time);
    float load = 10 + 4 * (float) random.nextGaussian();
    float wind = 10 + 4 * (float) random.nextGaussian();
    return new Observation(key, time, new double[] {load, wind}, new String[0], null, 0, offset);
  }

  /** Observations of some keys, one of each a round, rounds ten milliseconds apart. */
  public static List<Observation> rounds(int keys, int from, int to) {
    List<Observation> observations = new ArrayList<>();
    for (int round = from; round < to; round++) {
      for (int key = 0; key < keys; key++) {
        observations.add(observation("key " + key, 10L * round, 0));
      }
    }
    return observations;
  }

  /** Random weights whose head is not zero, as it is when training begins. */
  private static NetworkWeights weights(NetworkShape shape, long seed) {
    Random random = new Random(seed);
    Map<String, Tensor> tensors =
        new LinkedHashMap<>(NetworkWeights.initialise(shape, seed).tensors());
    for (String name : List.of("head.weight", "head.bias")) {
      Tensor tensor = tensors.get(name);
      float[] values = new float[tensor.values().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      tensors.put(name, new Tensor(tensor.shape(), values));
    }
    return new NetworkWeights(shape, tensors);
  }
}
