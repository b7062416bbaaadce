package dev.eddy.model.training;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.engine.nd4j.Nd4jBackends;
import dev.eddy.model.fit.CalibrationFit;
import dev.eddy.model.fit.EncodingFit;
import dev.eddy.model.fit.HeadFit;
import dev.eddy.model.fit.PhaseClock;
import dev.eddy.model.fit.Seasons;
import dev.eddy.model.fit.TrainingProgress;
import dev.eddy.model.fit.TrainingProgress.Phase;
import dev.eddy.model.history.History;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Part;
import dev.eddy.model.history.Parts;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.layer.PinballLoss;
import dev.eddy.model.layer.RowwiseLoss;
import dev.eddy.model.layer.SoftmaxCrossEntropy;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.settings.Require;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Learns a model from history: fits the input encoding and the head to the training part, trains,
 * judges on the test part, refits on training plus validation, exports. Memory holds one key's
 * history and one batch at a time. The same history, settings and platform give the same model.
 */
public final class Trainer {
  private static final int WARM_UP = 12; // observations

  private final InputSettings input;
  private final ModelSettings model;
  private final TrainingSettings training;
  private final History history;
  private final TrainingProgress progress;
  private final Parts parts;
  private final EncodingFit encodingFit;

  private Trainer(
      InputSettings input,
      ModelSettings model,
      TrainingSettings training,
      History history,
      TrainingProgress progress)
      throws IOException {
    this.input = input;
    this.model = model;
    this.training = training;
    this.history = history;
    this.progress = progress;
    this.parts = Parts.of(training.split(), history, training.seed());
    this.encodingFit = new EncodingFit(input, training.seed());
  }

  /**
   * Trains one model. Sets the threads of native code and seeds ND4J's random numbers while it
   * runs, so several trainings of one process must not run at once.
   *
   * @param input what the model reads and learns
   * @param model the network
   * @param training how to train
   * @param history what to learn from; not closed
   * @param scratch a directory for the encoded history, which is removed at the end
   * @param progress hears how far it is
   * @throws IllegalStateException in one line, if ND4J has nothing here that it can compute on
   * @throws IllegalArgumentException in one line, if the history cannot teach what is asked for
   */
  public static TrainingResult train(
      InputSettings input,
      ModelSettings model,
      TrainingSettings training,
      History history,
      Path scratch,
      TrainingProgress progress)
      throws IOException {
    Require.that(!history.keys().isEmpty(), "history", "no key", "at least one");
    Nd4jBackends.prepare();
    try (NativeThreads threads = new NativeThreads(training.threads())) {
      return new Trainer(input, model, training, history, progress).train(scratch);
    }
  }

  private TrainingResult train(Path scratch) throws IOException {
    long begin = System.nanoTime();
    List<String> keys = history.keys().stream().filter(parts::mayTrain).toList();
    fitEncoding(keys);
    InputEncoding encoding = encodingFit.encoding(seasons(keys), model.horizons());
    Head head;
    RowwiseLoss loss;
    if (input.classifies()) {
      Require.that(
          encodingFit.labels().size() > 1,
          "input.label",
          encodingFit.labels().size() + " labels in the training part",
          "2 or more");
      head = new Head.Classes(List.copyOf(encodingFit.labels().keySet()));
      loss = new SoftmaxCrossEntropy();
    } else {
      HeadFit fit = fitHead(encoding, keys);
      head = fit.head().withWarmUp(WARM_UP);
      loss = pinball((Head.Forecast) head, fit.weights());
    }
    int inputs = InputEncoder.inputSize(encoding, head);
    NetworkShape shape = model.network(inputs, head.outputSize()).withNetworks(training.seeds());
    return train(new ModelSpec(shape, encoding, head), loss, scratch, begin);
  }

  private TrainingResult train(ModelSpec spec, RowwiseLoss loss, Path scratch, long begin)
      throws IOException {
    Path file = scratch.resolve("encoded-" + Long.toHexString(System.nanoTime()) + ".tmp");
    Files.createDirectories(scratch);
    RowLabels labels = new RowLabels(spec.input(), spec.head(), parts);
    try (EncodedHistory encoded =
        new EncodedHistory(file, spec.network().inputSize(), labels.columns())) {
      encode(encoded, spec, labels);
      List<NetworkFit> fits = new ArrayList<>();
      List<NetworkFit.Fitted> fitted = new ArrayList<>();
      for (int network = 0; network < training.seeds(); network++) {
        TrainingSettings own = training.withSeed(training.seed() + network);
        fits.add(new NetworkFit(encoded, spec, own, loss, progress));
        fitted.add(fits.get(network).train());
      }
      NetworkWeights judged =
          export(fitted.stream().map(NetworkFit.Fitted::network).toList(), spec);
      ModelSpec served = calibrated(spec, judged, fits, fitted);
      Evaluation evaluation =
          new Evaluator(served, training.naiveSeason(), parts, history, progress)
              .evaluate(judged, encodingFit.labels());
      List<MultiLayerNetwork> last = new ArrayList<>();
      for (int network = 0; network < fits.size(); network++) {
        last.add(last(fits.get(network), fitted.get(network)));
      }
      return new TrainingResult(
          served, export(last, spec), judged, zips(last), evaluation, summary(fitted, begin));
    }
  }

  /** The spec with the calibration of its intervals, where it has any. */
  private ModelSpec calibrated(
      ModelSpec spec, NetworkWeights judged, List<NetworkFit> fits, List<NetworkFit.Fitted> fitted)
      throws IOException {
    if (!(spec.head() instanceof Head.Forecast head)
        || model.calibration() == ModelSettings.CalibrationMode.NONE) {
      return spec;
    }
    boolean refit =
        IntStream.range(0, fits.size()).anyMatch(i -> refits(fits.get(i), fitted.get(i)));
    EngineKind kind = StepEngines.resolve(EngineKind.AUTO);
    try (StepEngine engine = StepEngines.create(kind, judged)) {
      CalibrationFit fit = new CalibrationFit(spec, parts, history, progress, training.seed());
      Head calibrated = head.withCalibration(fit.fit(engine, refit));
      return new ModelSpec(spec.network(), spec.input(), calibrated);
    }
  }

  private boolean refits(NetworkFit fit, NetworkFit.Fitted fitted) {
    return training.refit() && fit.validates() && fitted.bestUpdate() > 0;
  }

  /** The network to publish. */
  private MultiLayerNetwork last(NetworkFit fit, NetworkFit.Fitted fitted) throws IOException {
    return refits(fit, fitted) ? fit.refit(fitted.bestUpdate()) : fitted.network();
  }

  private static NetworkWeights export(List<MultiLayerNetwork> networks, ModelSpec spec) {
    NetworkShape member = spec.network().member();
    return NetworkWeights.of(
        networks.stream().map(network -> Networks.export(network, member)).toList());
  }

  private static List<byte[]> zips(List<MultiLayerNetwork> networks) throws IOException {
    List<byte[]> zips = new ArrayList<>();
    for (MultiLayerNetwork network : networks) {
      zips.add(Networks.zip(network));
    }
    return zips;
  }

  private TrainingResult.Summary summary(List<NetworkFit.Fitted> fitted, long begin) {
    return new TrainingResult.Summary(
        encodingFit.observations(),
        fitted.stream().mapToInt(NetworkFit.Fitted::updates).sum(),
        fitted.stream().map(NetworkFit.Fitted::bestUpdate).toList(),
        fitted.stream().mapToDouble(NetworkFit.Fitted::validationLoss).average().orElseThrow(),
        (System.nanoTime() - begin) / 1e9);
  }

  private void fitEncoding(List<String> keys) throws IOException {
    PhaseClock clock = new PhaseClock(progress, Phase.FIT_ENCODING, keys.size());
    int done = 0;
    for (String key : keys) {
      encodingFit.add(history.read(key), parts);
      clock.done(++done);
    }
    Require.that(encodingFit.observations() > 0, "training part", "no observation", "at least one");
  }

  /** Of each target. */
  private List<List<Integer>> seasons(List<String> keys) throws IOException {
    Optional<List<Integer>> known =
        model.season().or(() -> Seasons.ofGap(encodingFit.typicalGap()));
    List<List<Integer>> seasons = new ArrayList<>();
    for (String target : input.targets()) {
      seasons.add(known.isPresent() ? known.get() : findSeasons(keys, target));
    }
    return seasons;
  }

  private List<Integer> findSeasons(List<String> keys, String target) throws IOException {
    int index = input.features().numeric().indexOf(target);
    Seasons seasons = new Seasons();
    List<String> longest =
        keys.stream()
            .sorted((a, b) -> Integer.compare(history.length(b), history.length(a)))
            .limit(Seasons.KEYS)
            .toList();
    for (String key : longest) {
      KeyHistory of = history.read(key);
      float[] values = new float[of.length()];
      int length = 0;
      while (length < values.length && parts.of(key, of.time(length)) == Part.TRAINING) {
        values[length] = of.inputs().get(length).numeric()[index];
        length++;
      }
      seasons.add(Arrays.copyOf(values, Math.min(length, Seasons.ROWS)));
    }
    return seasons.find();
  }

  private HeadFit fitHead(InputEncoding encoding, List<String> keys) throws IOException {
    HeadFit fit = new HeadFit(encoding, model, parts, training.seed());
    PhaseClock clock = new PhaseClock(progress, Phase.FIT_ENCODING, 2L * keys.size());
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

  private void encode(EncodedHistory encoded, ModelSpec spec, RowLabels labels) throws IOException {
    List<String> keys = history.keys();
    PhaseClock clock = new PhaseClock(progress, Phase.ENCODE, keys.size());
    SplittableRandom random = new SplittableRandom(0); // all seeds learn from the same history
    int done = 0;
    for (String key : keys) {
      KeyHistory of = history.read(key);
      RowLabels.OfKey known = labels.of(of);
      int rows = encoded.add(of, spec, known);
      if (spec.head() instanceof Head.Forecast) {
        encoded.addStarts(of, rows, spec, known, training.sequenceLength(), random);
      }
      clock.done(++done);
    }
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
