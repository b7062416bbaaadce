package dev.eddy.connectors.serde;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.serde.json.IsoTime;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary events of all kinds. */
public final class Events {
  public static final ObservationSchema SCHEMA =
      new ObservationSchema(
          List.of("temp", "wind \"x\""),
          List.of("city"),
          "weather",
          new FutureFields(List.of("wind \"x\"", "temp"), 3, 3_600_000));

  private Events() {}

  public static Arbitrary<Long> times() {
    return Arbitraries.longs().between(IsoTime.MIN, IsoTime.MAX);
  }

  public static Arbitrary<String> keys() {
    // Lone surrogates are no text that UTF-8 could carry.
    return Arbitraries.strings().ofMinLength(1).ofMaxLength(20).filter(Events::isText);
  }

  static Arbitrary<Double> numbers() {
    return Arbitraries.longs()
        .map(Double::longBitsToDouble)
        .filter(number -> Math.abs(number) <= Float.MAX_VALUE);
  }

  public static Arbitrary<Observation> observations() {
    Arbitrary<double[]> numeric =
        numbers()
            .injectNull(0.2)
            .map(number -> number == null ? Double.NaN : number)
            .list()
            .ofSize(2)
            .map(Events::array);
    Arbitrary<String> text = keys().injectNull(0.2);
    return Combinators.combine(
            keys(), times(), numeric, text, text, futures(), Arbitraries.integers())
        .as(
            (key, time, numbers, city, label, future, offset) ->
                new Observation(
                    key,
                    time,
                    numbers,
                    new String[] {city},
                    label,
                    future,
                    offset & 7,
                    offset,
                    time));
  }

  public static Arbitrary<FutureUpdate> futureUpdates() {
    return Combinators.combine(keys(), times(), futures(), Arbitraries.integers())
        .as((key, time, future, offset) -> new FutureUpdate(key, time, future, offset & 7, offset));
  }

  private static Arbitrary<FutureValues> futures() {
    Arbitrary<FutureValues> one =
        Combinators.combine(
                times(), Arbitraries.integers().between(0, 1), numbers().injectNull(0.2))
            .as(
                (when, feature, value) ->
                    new FutureValues(
                        new long[] {when},
                        new int[] {feature},
                        new double[] {value == null ? Double.NaN : value}));
    return one.list().ofMaxSize(4).map(Events::joined);
  }

  private static FutureValues joined(List<FutureValues> parts) {
    int size = parts.size();
    FutureValues all = new FutureValues(new long[size], new int[size], new double[size]);
    for (int i = 0; i < size; i++) {
      all.when()[i] = parts.get(i).when()[0];
      all.features()[i] = parts.get(i).features()[0];
      all.values()[i] = parts.get(i).values()[0];
    }
    return all;
  }

  static Arbitrary<DeadLetter> deadLetters() {
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(30).injectNull(0.2);
    return Combinators.combine(keys(), keys(), Arbitraries.longs(), bytes, bytes)
        .as(
            (reason, detail, offset, key, value) ->
                new DeadLetter(reason, detail, "topic", 3, offset, key, value));
  }

  public static Arbitrary<Prediction> predictions() {
    PredictionShape hours =
        new PredictionShape.Forecast(
            "w@7", List.of("y z", "\u00e9"), List.of(1, 6), List.of(0.1, 0.5, 0.9), 3_600_000);
    PredictionShape steps =
        new PredictionShape.Forecast("w@8", List.of(""), List.of(1), List.of(0.5), 0);
    PredictionShape classes =
        new PredictionShape.Classes("posture@1", List.of("sit \"down\"", "lying", "é"));
    // Years 2 to 9998, so that a target's time can be written.
    Arbitrary<Long> time = times().map(t -> t / 100_000 * 99_000);
    return Arbitraries.of(hours, steps, classes)
        .flatMap(
            shape ->
                Combinators.combine(
                        keys(), time, Arbitraries.integers(), numbers().list().ofSize(shape.size()))
                    .as(
                        (key, t, offset, values) ->
                            new Prediction(
                                key, t, offset & 7, offset, shape, said(shape, values))));
  }

  /** All of an event, numbers as their bits, so that equality is bit for bit and NaN is NaN. */
  public static List<Object> exactly(Decoded event) {
    if (event instanceof Observation o) {
      List<Object> all = new ArrayList<>(bits(o.numeric()));
      all.addAll(Arrays.asList(o.categories()));
      all.addAll(Arrays.asList(o.key(), o.time(), o.label(), o.partition(), o.offset()));
      all.add(o.recordTime());
      all.addAll(exactly(o.future()));
      return all;
    }
    if (event instanceof FutureUpdate o) {
      List<Object> all = new ArrayList<>(exactly(o.future()));
      all.addAll(Arrays.asList("future update", o.key(), o.time(), o.partition(), o.offset()));
      return all;
    }
    DeadLetter d = (DeadLetter) event;
    return Arrays.asList(
        d.reason(),
        d.detail(),
        d.topic(),
        d.partition(),
        d.offset(),
        Arrays.toString(d.key()),
        Arrays.toString(d.value()));
  }

  private static List<Object> exactly(FutureValues future) {
    return List.of(
        Arrays.toString(future.when()), Arrays.toString(future.features()), bits(future.values()));
  }

  /** All of a prediction, numbers as their bits. */
  public static List<Object> exactly(Prediction p) {
    return List.of(p.key(), p.time(), p.partition(), p.offset(), p.shape(), bits(p.values()));
  }

  private static List<Long> bits(double[] values) {
    List<Long> bits = new ArrayList<>();
    for (double value : values) {
      bits.add(Double.doubleToLongBits(value));
    }
    return bits;
  }

  private static boolean isText(String text) {
    return text.equals(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  /** Probabilities are floats. */
  private static double[] said(PredictionShape shape, List<Double> values) {
    boolean floats = shape instanceof PredictionShape.Classes;
    return values.stream().mapToDouble(value -> floats ? value.floatValue() : value).toArray();
  }

  private static double[] array(List<Double> values) {
    double[] array = new double[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
