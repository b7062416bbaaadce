package dev.eddy.model.training;

import dev.eddy.model.layer.RowwiseLoss;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.store.UpdaterState;
import dev.eddy.model.training.EncodedSeries.Use;
import dev.eddy.model.training.network.TrainableNetwork;
import dev.eddy.settings.Require;
import java.io.IOException;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Fits networks to the encoded history: update after update on drawn windows, with early stopping
 * on the validation part. What is validated, and comes out, is the average of the parameters over
 * the latest updates.
 */
final class NetworkFit {
  /** Looks at the validation part while the number of updates grows e-fold, at first. */
  private static final int LOOKS = 8;

  private final EncodedHistory history;
  private final TrainingSettings settings;
  private final TrainingProgress progress;
  private final Supplier<TrainableNetwork> first;
  private final WindowBatch batch;
  private final Validator validator;

  /**
   * A fitted network.
   *
   * @param network the average of the update with the lowest validation loss
   * @param state what its optimizer remembered at that update
   * @param updates that were made
   * @param bestUpdate after which the validation loss was lowest; {@code updates} without one
   * @param validationLoss the lowest; NaN without a validation part
   */
  record Fitted(
      TrainableNetwork network,
      UpdaterState state,
      int updates,
      int bestUpdate,
      double validationLoss) {}

  /**
   * A fit.
   *
   * @param first makes the network that training begins with, and the refit anew
   */
  NetworkFit(
      EncodedHistory history,
      ModelSpec spec,
      TrainingSettings settings,
      RowwiseLoss loss,
      TrainingProgress progress,
      Supplier<TrainableNetwork> first) {
    this.history = history;
    this.settings = settings;
    this.progress = progress;
    this.first = first;
    int steps = Math.min(settings.sequenceLength(), history.longest());
    this.batch = new WindowBatch(history, spec.head(), settings.batch(), steps);
    this.validator = new Validator(history, batch, settings, loss);
  }

  /** Whether there is a validation part. */
  boolean validates() {
    return !validator.isEmpty();
  }

  /** Trains on the training part. */
  Fitted train() throws IOException {
    Run run = new Run(Use.TRAIN, TrainingProgress.Phase.TRAIN, settings.updates());
    if (validates()) {
      return stopEarly(run);
    }
    run.updates(settings.updates());
    TrainableNetwork network = run.averaged();
    return new Fitted(
        network, network.updaterState(), settings.updates(), settings.updates(), Double.NaN);
  }

  /** Goes on until the validation loss has not fallen for long, and goes back to its lowest. */
  private Fitted stopEarly(Run run) throws IOException {
    double best = run.validationLoss(); // of what it begins as: the naive forecaster, if nothing
    INDArray bestParameters = run.average.values().dup();
    UpdaterState bestState = run.network.updaterState();
    int bestUpdate = 0;
    int update = 0;
    int nextLook = 1;
    while (update < settings.updates() && update < patientUntil(bestUpdate)) {
      update++;
      run.update(update, best);
      if (update == nextLook || update == settings.updates()) {
        nextLook = update + Math.max(1, Math.min(settings.validateEvery(), update / LOOKS));
        double found = run.validationLoss();
        if (found < best) {
          best = found;
          bestParameters.assign(run.average.values());
          bestState = run.network.updaterState();
          bestUpdate = update;
        }
      }
    }
    run.network.setParameters(bestParameters);
    return new Fitted(run.network, bestState, update, bestUpdate, best);
  }

  private long patientUntil(int bestUpdate) {
    return bestUpdate + (long) settings.patience() * settings.validateEvery();
  }

  /** Trains anew on training plus validation, for as many updates as were best. */
  TrainableNetwork refit(int updates) throws IOException {
    Run run = new Run(Use.REFIT, TrainingProgress.Phase.REFIT, updates);
    run.updates(updates);
    return run.averaged();
  }

  /** A network on its way from its first weights. */
  private final class Run {
    private final TrainableNetwork network;
    private final ParameterAverage average;
    private final WindowSampler sampler;
    private final PhaseClock clock;

    Run(Use use, TrainingProgress.Phase phase, int updates) {
      network = first.get();
      average = new ParameterAverage(network.parameters(), settings.averaging());
      sampler = new WindowSampler(history, use, settings);
      clock = new PhaseClock(progress, phase, updates);
    }

    void updates(int updates) throws IOException {
      for (int update = 1; update <= updates; update++) {
        update(update, Double.NaN);
      }
    }

    void update(int update, double best) throws IOException {
      sampler.draw(batch, settings.batch());
      double loss = network.fit(batch.features(), batch.labels(), batch.mask());
      requireFinite(loss, update);
      average.add(network.parameters());
      clock.done(update, loss, best);
    }

    /** Of the average. */
    double validationLoss() throws IOException {
      INDArray latest = network.parameters().dup();
      network.setParameters(average.values());
      double found = validator.loss(network);
      network.setParameters(latest);
      return found;
    }

    TrainableNetwork averaged() {
      network.setParameters(average.values());
      return network;
    }
  }

  private static void requireFinite(double loss, int update) {
    if (!Double.isFinite(loss)) {
      throw Require.mistake(
          "training: loss after update " + update,
          loss,
          "finite; lower training.learning-rate or training.clip");
    }
  }
}
