package dev.eddy.model.training;

import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.training.EncodedSeries.Use;
import dev.eddy.settings.Require;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws windows to train on: the key in proportion to the root of its length, so that long series
 * do not drown short ones; the place evenly, so that the true start of a series is seen as often as
 * the rest. The first rows of a window warm the hidden state and are masked from the loss, except
 * at the true start.
 *
 * <p>Where the history has pieces encoded as if a key began with them, a tenth of the windows are
 * such pieces: of a few long series there are too few true starts to learn from, and what comes
 * after a key is new would be guessed.
 */
final class WindowSampler {
  private static final double STARTS = 0.1; // share of the windows that begin a key

  private final List<EncodedSeries> series = new ArrayList<>();
  private final List<EncodedSeries> starts;
  private final double[] cumulated; // [series] sums of weights
  private final Use use;
  private final int steps;
  private final int burnIn;
  private final SplittableRandom random;

  /**
   * A sampler of the labels for {@code use}.
   *
   * @throws IllegalArgumentException if there is none
   */
  WindowSampler(EncodedHistory history, Use use, TrainingSettings settings) {
    this.use = use;
    this.steps = settings.sequenceLength();
    this.burnIn = settings.burnIn();
    this.random = new SplittableRandom(settings.seed());
    for (EncodedSeries candidate : history.series()) {
      if (candidate.end(use) > 0) {
        series.add(candidate);
      }
    }
    starts = history.starts().stream().filter(start -> start.end(use) > 0).toList();
    Require.that(
        !series.isEmpty(), "training part", "no observation to learn from", "at least one");
    cumulated = new double[series.size()];
    double sum = 0;
    for (int i = 0; i < cumulated.length; i++) {
      sum += Math.sqrt(series.get(i).end(use));
      cumulated[i] = sum;
    }
  }

  /** Fills a batch with newly drawn windows. */
  void draw(WindowBatch batch, int sequences) throws IOException {
    batch.clear();
    for (int b = 0; b < sequences; b++) {
      if (!starts.isEmpty() && random.nextDouble() < STARTS) {
        batch.fill(b, starts.get(random.nextInt(starts.size())), 0, 0, use);
        continue;
      }
      EncodedSeries of = series.get(drawSeries());
      int latest = Math.max(0, of.end(use) - steps);
      int from = Math.max(0, random.nextInt(-burnIn, latest + 1));
      batch.fill(b, of, from, from == 0 ? 0 : burnIn, use);
    }
    batch.flush();
  }

  private int drawSeries() {
    double place = random.nextDouble() * cumulated[cumulated.length - 1];
    int found = Arrays.binarySearch(cumulated, place);
    return Math.min(found < 0 ? -found - 1 : found, cumulated.length - 1);
  }
}
