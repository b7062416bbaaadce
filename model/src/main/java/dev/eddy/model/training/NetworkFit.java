package dev.eddy.model.training;

import dev.eddy.model.layer.RowwiseLoss;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.training.EncodedSeries.Use;
import java.io.IOException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Fits networks to the encoded history: update after update on drawn windows, with early stopping
 * on the validation part.
 */
final class NetworkFit {
  private final EncodedHistory history;
  private final ModelSpec spec;
  private final TrainingSettings settings;
  private final RowwiseLoss loss;
  private final TrainingProgress progress;
  private final WindowBatch batch;
  private final Validator validator;

  /**
   * A fitted network.
   *
   * @param network of the update with the lowest validation loss
   * @param updates that were made
   * @param bestUpdate after which the validation loss was lowest; {@code updates} without one
   * @param validationLoss the lowest; NaN without a validation part
   */
  record Fitted(MultiLayerNetwork network, int updates, int bestUpdate, double validationLoss) {}

  NetworkFit(
      EncodedHistory history,
      ModelSpec spec,
      TrainingSettings settings,
      RowwiseLoss loss,
      TrainingProgress progress) {
    this.history = history;
    this.spec = spec;
    this.settings = settings;
    this.loss = loss;
    this.progress = progress;
    this.batch = new WindowBatch(history, spec.head(), settings.batch(), settings.sequenceLength());
    this.validator = new Validator(history, batch, settings, loss);
  }

  /** Whether there is a validation part. */
  boolean validates() {
    return !validator.isEmpty();
  }

  /** Trains on the training part. */
  Fitted train() throws IOException {
    MultiLayerNetwork network = Networks.create(spec.network().member(), settings, loss);
    WindowSampler sampler = new WindowSampler(history, Use.TRAIN, settings);
    PhaseClock clock = new PhaseClock(progress, TrainingProgress.Phase.TRAIN, settings.updates());
    if (!validates()) {
      update(network, sampler, settings.updates(), clock);
      return new Fitted(network, settings.updates(), settings.updates(), Double.NaN);
    }
    double best = validator.loss(network); // of the naive forecaster that it begins as
    INDArray bestParameters = network.params().dup();
    int bestUpdate = 0;
    int update = 0;
    int looks = 0;
    while (update < settings.updates() && looks < settings.patience()) {
      update++;
      sampler.draw(batch, settings.batch());
      network.fit(batch.features(), batch.labels(), batch.mask(), null);
      requireFinite(network, update);
      if (update % settings.validateEvery() == 0 || update == settings.updates()) {
        double found = validator.loss(network);
        looks++;
        if (found < best) {
          best = found;
          bestParameters.assign(network.params());
          bestUpdate = update;
          looks = 0;
        }
      }
      clock.done(update, loss(network), best);
    }
    network.setParams(bestParameters);
    return new Fitted(network, update, bestUpdate, best);
  }

  /** Trains anew on training plus validation, for as many updates as were best. */
  MultiLayerNetwork refit(int updates) throws IOException {
    MultiLayerNetwork network = Networks.create(spec.network().member(), settings, loss);
    WindowSampler sampler = new WindowSampler(history, Use.REFIT, settings);
    PhaseClock clock = new PhaseClock(progress, TrainingProgress.Phase.REFIT, updates);
    update(network, sampler, updates, clock);
    return network;
  }

  private void update(
      MultiLayerNetwork network, WindowSampler sampler, int updates, PhaseClock clock)
      throws IOException {
    for (int update = 1; update <= updates; update++) {
      sampler.draw(batch, settings.batch());
      network.fit(batch.features(), batch.labels(), batch.mask(), null);
      requireFinite(network, update);
      clock.done(update, loss(network), Double.NaN);
    }
  }

  /** Of the latest update, without the weight decay that Deeplearning4j adds to its score. */
  private static double loss(MultiLayerNetwork network) {
    return network.score() - network.calcRegularizationScore(true);
  }

  private static void requireFinite(MultiLayerNetwork network, int update) {
    if (!Double.isFinite(network.score())) {
      throw new IllegalStateException(
          "training: loss "
              + network.score()
              + " after update "
              + update
              + " (must be finite; lower training.learning-rate or training.clip)");
    }
  }
}
