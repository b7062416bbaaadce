package dev.eddy.benchmarks.measure;

import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.serde.avro.ObservationWriter;
import dev.eddy.connectors.serde.avro.PredictionEncoder;
import dev.eddy.connectors.serde.avro.RecordFormats;
import dev.eddy.connectors.serde.json.ObservationJsonReader;
import dev.eddy.connectors.serde.json.OutputSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * Measures what a record costs in each form, to read and to write: {@code <rounds>}. The forms take
 * turns in every round, on one thread; figures are medians of its processor time, and the ratio to
 * JSON is the median of the rounds' ratios, which a busy machine disturbs least.
 */
final class RecordCost {
  private static final int RECORDS = 2_000;
  private static final int CALLS = 200_000; // a round
  private static final int WARM_ROUNDS = 5;
  private static final PredictionShape SHAPE =
      new PredictionShape.Forecast(
          "measured@1", List.of("load"), RandomModel.HORIZONS, RandomModel.QUANTILES, 0);

  private RecordCost() {}

  /** What is timed of a form: a call for each number of a record, which hands back some number. */
  private record Task(String form, String what, int bytes, IntUnaryOperator call) {}

  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    System.out.println(processor());
    List<Task> tasks = new ArrayList<>();
    for (RecordForm form :
        List.of(
            RecordForm.json(),
            RecordForm.avro(OutputSettings.Format.NESTED),
            RecordForm.avro(OutputSettings.Format.FLAT))) {
      if (!form.name().endsWith("flat")) { // observations are the same
        tasks.add(reading(form));
      }
      tasks.add(writing(form));
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double[][] nanos = new double[tasks.size()][rounds];
    long sum = 0;
    for (int round = -WARM_ROUNDS; round < rounds; round++) {
      for (int task = 0; task < tasks.size(); task++) {
        long start = threads.getCurrentThreadCpuTime();
        for (int call = 0; call < CALLS; call++) {
          sum += tasks.get(task).call().applyAsInt(call % RECORDS);
        }
        if (round >= 0) {
          nanos[task][round] = (double) (threads.getCurrentThreadCpuTime() - start) / CALLS;
        }
      }
    }
    report(tasks, nanos);
    System.out.println("(" + sum + ")"); // so that nothing is left out as unused
  }

  private static void report(List<Task> tasks, double[][] nanos) {
    for (int task = 0; task < tasks.size(); task++) {
      Task of = tasks.get(task);
      int json = 0;
      while (!tasks.get(json).what().equals(of.what())) {
        json++;
      }
      double[] ratios = new double[nanos[task].length];
      for (int round = 0; round < ratios.length; round++) {
        ratios[round] = nanos[task][round] / nanos[json][round];
      }
      System.out.printf(
          Locale.ROOT,
          "%-26s %-11s %4d bytes, %5.0f ns, %.2f of json's%n",
          of.what(),
          of.form(),
          of.bytes(),
          median(nanos[task]),
          median(ratios));
    }
  }

  private static Task reading(RecordForm form) {
    ObservationWriter writer = ObservationWriter.of(form.observations());
    ObservationJsonReader reader = RecordFormats.reader(form.observations(), Duration.ofDays(1));
    Random random = new Random(1);
    byte[][] keys = new byte[RECORDS][];
    byte[][] values = new byte[RECORDS][];
    for (int record = 0; record < RECORDS; record++) {
      Observation observation = observation(record, random);
      keys[record] = observation.key().getBytes(StandardCharsets.UTF_8);
      values[record] = writer.write(observation);
    }
    return new Task(
        form.name(),
        "an observation is read",
        values[0].length,
        record -> {
          Decoded read =
              reader.decode(
                  keys[record], values[record], "measured", 0, record, Long.MAX_VALUE / 2);
          return read instanceof Observation observation ? observation.numeric().length : failed();
        });
  }

  private static int failed() {
    throw new IllegalStateException("a dead letter among what was written here");
  }

  private static Observation observation(int record, Random random) {
    double[] values = {value(random), value(random)};
    return new Observation(
        "key " + record, 1_767_225_600_000L + 1000L * record, values, new String[0], null, 0, 0);
  }

  private static Task writing(RecordForm form) {
    PredictionEncoder writer = PredictionEncoder.of(form.predictions());
    Random random = new Random(2);
    Prediction[] predictions = new Prediction[RECORDS];
    for (int record = 0; record < RECORDS; record++) {
      double[] quantiles = new double[RandomModel.HORIZONS.size() * RandomModel.QUANTILES.size()];
      Arrays.setAll(quantiles, at -> value(random));
      long time = 1_767_225_600_000L + 1000L * record;
      predictions[record] = new Prediction("key " + record, time, 0, record, SHAPE, quantiles);
    }
    return new Task(
        form.name(),
        "a prediction is written",
        writer.write(predictions[0]).length,
        record -> writer.write(predictions[record]).length);
  }

  /** With as many digits as measured values have. */
  static double value(Random random) {
    return Math.rint(1e6 * (10 + 4 * random.nextGaussian())) / 1e6;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** Which one it was measured on. */
  static String processor() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
              .filter(line -> line.startsWith("model name"))
              .findFirst()
              .map(line -> line.replaceFirst("^[^:]*: *", ""))
              .orElse(System.getProperty("os.arch"))
          + ", "
          + Runtime.getRuntime().availableProcessors()
          + " processors; Java "
          + Runtime.version();
    }
  }
}
