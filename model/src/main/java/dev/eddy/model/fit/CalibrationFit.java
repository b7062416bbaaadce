package dev.eddy.model.fit;

import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.history.History;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Part;
import dev.eddy.model.history.Parts;
import dev.eddy.model.inference.ModelRunner;
import dev.eddy.model.spec.Calibration;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.tensor.PackedSequence;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Measures how far actuals lie outside the intervals of forecasts that the network was not trained
 * on: those whose target is in the validation part, made the way it serves. For a column without
 * one, or with hardly any, the untrained network stands in over the training part, the naive
 * forecaster that training begins as: its intervals are honest there, and the shape of its misses
 * is all that is known.
 */
public final class CalibrationFit {
  private final ModelSpec spec;
  private final Head.Forecast head;
  private final Parts parts;
  private final History history;
  private final Supplier<LongConsumer> passes;
  private final long seed;
  private long newestTrained = Long.MIN_VALUE; // event time
  private long newestValidated = Long.MIN_VALUE;

  /**
   * A fit to a model that forecasts; its intervals must not be calibrated yet.
   *
   * @param passes asked at the beginning of each pass over the history for what hears how many of
   *     its keys are done
   */
  public CalibrationFit(
      ModelSpec spec, Parts parts, History history, Supplier<LongConsumer> passes, long seed) {
    this.spec = spec;
    this.head = (Head.Forecast) spec.head();
    this.parts = parts;
    this.history = history;
    this.passes = passes;
    this.seed = seed;
  }

  /**
   * What calibration starts from; empty if there is no interval to calibrate.
   *
   * @param judged steps the network that never saw the validation part
   * @param refit whether the network to publish is trained on the validation part too
   */
  public Optional<Calibration> fit(StepEngine judged, boolean refit) throws IOException {
    if (head.pairs() == 0) {
      return Optional.empty();
    }
    Map<Integer, List<Float>> quantiles = new TreeMap<>(); // by column
    IntervalMisses misses = measured(judged, Part.VALIDATION, column -> true);
    for (int column = 0; column < head.columns(); column++) {
      if (misses.isEnough(column)) {
        quantiles.put(column, misses.quantiles(column));
      }
    }
    if (quantiles.size() < head.columns()) {
      misses = measured(new Untrained(), Part.TRAINING, column -> !quantiles.containsKey(column));
      for (int column = 0; column < head.columns(); column++) {
        quantiles.computeIfAbsent(column, misses::quantiles);
      }
    }
    List<Float> all = quantiles.values().stream().flatMap(List::stream).toList();
    return Optional.of(new Calibration(IntervalMisses.LEVELS, all, learnsFrom(refit)));
  }

  private IntervalMisses measured(StepEngine engine, Part part, IntPredicate columns)
      throws IOException {
    IntervalMisses misses = new IntervalMisses(head, seed);
    LongConsumer heard = passes.get();
    ModelRunner runner = new ModelRunner(spec, engine);
    int done = 0;
    for (String key : history.keys()) {
      new OfKey(history.read(key), part, columns, misses).add(runner);
      heard.accept(++done);
    }
    return misses;
  }

  /** After the newest observation trained on; empty where that is not one time for all keys. */
  private Optional<Instant> learnsFrom(boolean refit) {
    long newest = refit ? Math.max(newestTrained, newestValidated) : newestTrained;
    return parts.areByTime() ? Optional.of(Instant.ofEpochMilli(newest + 1)) : Optional.empty();
  }

  /** One key's forecasts of some columns with a target in a part. */
  private final class OfKey {
    private final KeyHistory of;
    private final Part part;
    private final IntPredicate columns;
    private final IntervalMisses misses;
    private final List<ForecastTargets> targets;
    private final int horizons = head.horizons().size();

    OfKey(KeyHistory of, Part part, IntPredicate columns, IntervalMisses misses) {
      this.of = of;
      this.part = part;
      this.columns = columns;
      this.misses = misses;
      this.targets =
          IntStream.range(0, head.targets().size())
              .map(target -> spec.input().targetIndex(target))
              .mapToObj(
                  feature ->
                      new ForecastTargets(of, feature, head.horizons(), spec.input().interval()))
              .toList();
    }

    void add(ModelRunner runner) {
      double[] prediction = new double[runner.predictionSize()];
      new HistoryRun(runner)
          .step(
              of,
              end(),
              (row, slot) -> {
                if (!runner.failed(slot)) {
                  runner.prediction(slot, prediction);
                  add(runner, row, slot, prediction);
                }
              });
    }

    private void add(ModelRunner runner, int row, int slot, double[] prediction) {
      for (int column = 0; column < head.columns(); column++) {
        if (belongs(row, column)) {
          double actual = targets.get(column / horizons).actual(row, column % horizons);
          misses.add(column, prediction, actual, runner.unit(slot, column / horizons));
        }
      }
    }

    /** One past the last row with a target in the part; notes the newest times on the way. */
    private int end() {
      int end = 0;
      for (int row = 0; row < of.length(); row++) {
        note(of.time(row));
        for (int column = 0; column < head.columns(); column++) {
          end = belongs(row, column) ? row + 1 : end;
        }
      }
      return end;
    }

    private void note(long time) {
      switch (parts.of(of.key(), time)) {
        case TRAINING -> newestTrained = Math.max(newestTrained, time);
        case VALIDATION -> newestValidated = Math.max(newestValidated, time);
        case TEST -> {}
      }
    }

    private boolean belongs(int row, int column) {
      ForecastTargets target = targets.get(column / horizons);
      int horizon = column % horizons;
      return columns.test(column)
          && !Double.isNaN(target.actual(row, horizon))
          && parts.of(of.key(), target.time(row, horizon)) == part;
    }
  }

  /** Says nothing, so that the median is the baseline. */
  private static final class Untrained implements StepEngine {
    @Override
    public void forward(PackedSequence sequence, float[] hidden, float[] outputs) {
      Arrays.fill(outputs, 0);
    }

    @Override
    public void close() {}
  }
}
