package dev.eddy.model.training;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.fit.EncodingFit;
import dev.eddy.model.fit.HeadFit;
import dev.eddy.model.fit.Seasons;
import dev.eddy.model.history.History;
import dev.eddy.model.history.Parts;
import dev.eddy.model.layer.PinballLoss;
import dev.eddy.model.layer.RowwiseLoss;
import dev.eddy.model.layer.SoftmaxCrossEntropy;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.settings.Require;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fits to the training part what has to be known before a network can be trained: how inputs are
 * encoded, how a head says what it says, and by which loss it learns.
 */
final class SpecFit {
  private static final int WARM_UP = 12; // observations

  private final InputSettings input;
  private final ModelSettings model;
  private final History history;
  private final Parts parts;
  private final TrainingProgress progress;
  private final long seed;
  private final List<String> keys; // that may train

  /**
   * What was fitted.
   *
   * @param encoding of the inputs
   * @param head without a calibration of its intervals
   * @param loss that its outputs are trained by
   * @param labels of the training part with their counts; empty for a forecast
   * @param observations of the training part
   */
  record Fitted(
      InputEncoding encoding,
      Head head,
      RowwiseLoss loss,
      Map<String, Long> labels,
      long observations) {

    /** The whole description of a model of so many networks. */
    ModelSpec spec(ModelSettings model, int networks) {
      int inputs = InputEncoder.inputSize(encoding, head);
      return new ModelSpec(
          model.network(inputs, head.outputSize()).withNetworks(networks), encoding, head);
    }
  }

  SpecFit(
      InputSettings input,
      ModelSettings model,
      History history,
      Parts parts,
      TrainingProgress progress,
      long seed) {
    this.input = input;
    this.model = model;
    this.history = history;
    this.parts = parts;
    this.progress = progress;
    this.seed = seed;
    this.keys = history.keys().stream().filter(parts::mayTrain).toList();
  }

  /**
   * Fits encoding and head.
   *
   * @throws IllegalArgumentException in one line, if the history cannot teach what is asked for
   */
  Fitted fit() throws IOException {
    EncodingFit inputs = readInputs();
    InputEncoding encoding = inputs.encoding(seasons(inputs), model.horizons());
    if (input.classifies()) {
      Head head = classes(inputs.labels());
      return new Fitted(
          encoding, head, new SoftmaxCrossEntropy(), inputs.labels(), inputs.observations());
    }
    HeadFit fit = fitHead(encoding);
    Head.Forecast head = fit.head().withWarmUp(WARM_UP);
    RowwiseLoss loss = pinball(head, fit.weights());
    return new Fitted(encoding, head, loss, inputs.labels(), inputs.observations());
  }

  /**
   * Takes encoding and head as another training has fitted them, for a network that goes on; what
   * it learns by is fitted.
   *
   * @throws IllegalArgumentException in one line, if the training part has labels unknown to it
   */
  Fitted fit(ModelSpec given) throws IOException {
    EncodingFit inputs = readInputs();
    if (given.head() instanceof Head.Classes classes) {
      Require.that(
          classes.labels().containsAll(inputs.labels().keySet()),
          "--fine-tune: labels of the training part",
          inputs.labels().keySet(),
          "among those of the version, " + classes.labels());
      return new Fitted(
          given.input(),
          classes,
          new SoftmaxCrossEntropy(),
          inputs.labels(),
          inputs.observations());
    }
    Head.Forecast head = ((Head.Forecast) given.head()).withCalibration(Optional.empty());
    RowwiseLoss loss = pinball(head, fitHead(given.input()).weights());
    return new Fitted(given.input(), head, loss, inputs.labels(), inputs.observations());
  }

  /** Of each target, those that {@link #fit} takes. */
  List<List<Integer>> seasons() throws IOException {
    return seasons(readInputs());
  }

  private EncodingFit readInputs() throws IOException {
    EncodingFit fit = new EncodingFit(input, seed);
    PhaseClock clock = clock(keys.size());
    int done = 0;
    for (String key : keys) {
      fit.add(history.read(key), parts);
      clock.done(++done);
    }
    Require.that(fit.observations() > 0, "training part", "no observation", "at least one");
    return fit;
  }

  /** Of each target. */
  private List<List<Integer>> seasons(EncodingFit inputs) throws IOException {
    List<List<Integer>> seasons = new ArrayList<>();
    for (String target : input.targets()) {
      int feature = input.features().numeric().indexOf(target);
      seasons.add(
          model.season().isPresent()
              ? model.season().get()
              : Seasons.in(history, parts, keys, feature, input.interval(), inputs.typicalGap()));
    }
    return seasons;
  }

  private static Head.Classes classes(Map<String, Long> labels) {
    Require.that(
        labels.size() > 1,
        "input.label",
        labels.size() + " labels in the training part",
        "2 or more");
    return new Head.Classes(List.copyOf(labels.keySet()));
  }

  private HeadFit fitHead(InputEncoding encoding) throws IOException {
    HeadFit fit = new HeadFit(encoding, model, parts, seed);
    PhaseClock clock = clock(2L * keys.size());
    int done = 0;
    for (String key : keys) {
      fit.addUnit(history.read(key));
      clock.done(++done);
    }
    for (String key : keys) {
      fit.addResiduals(history.read(key));
      clock.done(++done);
    }
    return fit;
  }

  private PhaseClock clock(long total) {
    return new PhaseClock(progress, TrainingProgress.Phase.FIT_ENCODING, total);
  }

  /** Every target and horizon weighs the same, measured by its baseline's error. */
  private static PinballLoss pinball(Head.Forecast head, double[] columnWeights) {
    int quantiles = head.quantiles().size();
    double[] levels = new double[head.outputSize()];
    double[] weights = new double[levels.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = head.quantiles().get(i % quantiles);
      weights[i] = columnWeights[i / quantiles];
    }
    double[] offsets =
        head.targets().stream()
            .flatMap(target -> target.residualQuantiles().stream())
            .mapToDouble(Float::doubleValue)
            .toArray();
    return new PinballLoss(levels, offsets, weights);
  }
}
