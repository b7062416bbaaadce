package dev.eddy.model.training;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.engine.nd4j.Nd4jBackends;
import dev.eddy.model.fit.CalibrationFit;
import dev.eddy.model.history.History;
import dev.eddy.model.history.Parts;
import dev.eddy.model.inference.TrainingMemory;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.layer.RowwiseLoss;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.store.TrainedModel;
import dev.eddy.model.store.UpdaterState;
import dev.eddy.model.training.network.LayeredNetwork;
import dev.eddy.model.training.network.TrainableNetwork;
import dev.eddy.settings.Require;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Learns a model from history: fits the input encoding and the head to the training part, trains,
 * judges on the test part, refits on training plus validation, exports. Memory holds one key's
 * history and one batch at a time. The same history, settings and platform give the same model.
 */
public final class Trainer {
  /** Of the learning rate, where a network goes on: a whole one would undo what it knows. */
  private static final double FINE = 0.1;

  private final InputSettings input;
  private final ModelSettings model;
  private final TrainingSettings training;
  private final History history;
  private final TrainingProgress progress;
  private final Parts parts;
  private final Optional<Start> start;
  private final long begin = System.nanoTime();

  /**
   * What a network goes on from.
   *
   * @param model the version
   * @param updater its {@link UpdaterState#FILE}; empty where it has none
   */
  public record Start(TrainedModel model, Optional<byte[]> updater) {}

  private Trainer(
      InputSettings input,
      ModelSettings model,
      TrainingSettings training,
      History history,
      TrainingProgress progress,
      Optional<Start> start)
      throws IOException {
    this.start = start;
    this.input = input;
    this.model = model;
    this.training = training;
    this.history = history;
    this.progress = progress;
    this.parts = Parts.of(training.split(), history, training.seed());
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
    return train(input, model, training, history, scratch, progress, Optional.empty());
  }

  /**
   * Trains one model, which goes on from another where there is one.
   *
   * @param start whose encoding, head, weights and optimizer it takes over; its learning rate is a
   *     tenth of the setting
   */
  public static TrainingResult train(
      InputSettings input,
      ModelSettings model,
      TrainingSettings training,
      History history,
      Path scratch,
      TrainingProgress progress,
      Optional<Start> start)
      throws IOException {
    start.ifPresent(each -> FineTuning.require(each.model(), input, model, training.seeds()));
    Require.that(!history.keys().isEmpty(), "history", "no key", "at least one");
    Nd4jBackends.prepare();
    try (NativeThreads threads = new NativeThreads(training.threads())) {
      return new Trainer(input, model, training, history, progress, start).train(scratch);
    }
  }

  private TrainingResult train(Path scratch) throws IOException {
    SpecFit fit = new SpecFit(input, model, history, parts, progress, training.seed());
    SpecFit.Fitted fitted = start.isPresent() ? fit.fit(start.get().model().spec()) : fit.fit();
    ModelSpec spec = fitted.spec(model, training.seeds());
    requireMemory(spec);
    try (EncodedHistory encoded = encode(spec, scratch)) {
      List<Member> members = trainNetworks(encoded, spec, fitted.loss());
      NetworkWeights judged = export(members.stream().map(Member::judged).toList());
      ModelSpec served = calibrated(spec, judged, members);
      Evaluation evaluation =
          new Evaluator(served, training.naiveSeason(), parts, history, progress)
              .evaluate(judged, fitted.labels());
      List<Published> published = refitted(members);
      return new TrainingResult(
          served,
          export(published.stream().map(Published::network).toList()),
          judged,
          Map.of(
              UpdaterState.FILE,
              UpdaterState.write(published.stream().map(Published::state).toList())),
          evaluation,
          summary(fitted.observations(), members));
    }
  }

  private void requireMemory(ModelSpec spec) {
    long longest = history.keys().stream().mapToInt(history::length).max().orElse(0);
    int columns = spec.head() instanceof Head.Forecast forecast ? forecast.columns() : 1;
    TrainingMemory.of(
            spec.network(), model, training, longest, input.features().numeric().size(), columns)
        .require();
  }

  private EncodedHistory encode(ModelSpec spec, Path scratch) throws IOException {
    Files.createDirectories(scratch);
    Path file = scratch.resolve("encoded-" + Long.toHexString(System.nanoTime()) + ".tmp");
    return new HistoryEncoder(spec, parts, training.sequenceLength())
        .encode(history, file, progress);
  }

  /** Trains each network on the training part, with a seed of its own. */
  private List<Member> trainNetworks(EncodedHistory encoded, ModelSpec spec, RowwiseLoss loss)
      throws IOException {
    List<Member> members = new ArrayList<>();
    for (int network = 0; network < training.seeds(); network++) {
      TrainingSettings own = training.withSeed(training.seed() + network);
      Supplier<TrainableNetwork> first = first(network, spec, own, loss);
      NetworkFit fit = new NetworkFit(encoded, spec, own, loss, progress, first);
      if (!fit.validates()) {
        requireNoValidation();
      }
      NetworkFit.Fitted trained = fit.train();
      boolean refits = training.refit() && fit.validates() && trained.bestUpdate() > 0;
      members.add(new Member(fit, trained, refits));
    }
    return members;
  }

  /** Makes the network that a member begins with. */
  private Supplier<TrainableNetwork> first(
      int network, ModelSpec spec, TrainingSettings own, RowwiseLoss loss) {
    if (start.isEmpty()) {
      return () -> LayeredNetwork.create(spec.network().member(), own, loss, rate(own));
    }
    NetworkWeights weights = start.get().model().weights().members().get(network);
    Optional<UpdaterState> state =
        start
            .get()
            .updater()
            .map(file -> UpdaterState.read(file, spec.network().networks()).get(network));
    return () -> LayeredNetwork.goOn(weights, state, own, loss, fineRate(own, state));
  }

  private static CosineSchedule rate(TrainingSettings own) {
    return new CosineSchedule(own.learningRate(), own.updates());
  }

  private static CosineSchedule fineRate(TrainingSettings own, Optional<UpdaterState> state) {
    int done = state.map(UpdaterState::updates).orElse(0);
    return new CosineSchedule(FINE * own.learningRate(), own.updates(), done);
  }

  /** A validation part that was asked for and is empty is not done without silently. */
  private void requireNoValidation() {
    training
        .split()
        .validationAsked()
        .ifPresent(
            asked -> {
              throw Require.mistake(
                  "training.split",
                  asked,
                  "such that something of the history validates, or ask for no validation part");
            });
  }

  /**
   * One of the networks that answer together.
   *
   * @param refits whether another one is published, trained on the validation part too
   */
  private record Member(NetworkFit fit, NetworkFit.Fitted trained, boolean refits) {
    TrainableNetwork judged() {
      return trained.network();
    }
  }

  /** The spec with the calibration of its intervals, where it has any. */
  private ModelSpec calibrated(ModelSpec spec, NetworkWeights judged, List<Member> members)
      throws IOException {
    if (!(spec.head() instanceof Head.Forecast head)
        || model.calibration() == ModelSettings.CalibrationMode.NONE) {
      return spec;
    }
    int keys = history.keys().size();
    CalibrationFit fit =
        new CalibrationFit(
            spec,
            parts,
            history,
            () -> new PhaseClock(progress, TrainingProgress.Phase.CALIBRATE, keys)::done,
            training.seed());
    EngineKind kind = StepEngines.resolve(EngineKind.AUTO);
    try (StepEngine engine = StepEngines.create(kind, judged)) {
      boolean refits = members.stream().anyMatch(Member::refits);
      Head calibrated = head.withCalibration(fit.fit(engine, refits));
      return new ModelSpec(spec.network(), spec.input(), calibrated);
    }
  }

  /** A network to publish, and what its optimizer remembers at its last update. */
  private record Published(TrainableNetwork network, UpdaterState state) {}

  private static List<Published> refitted(List<Member> members) throws IOException {
    List<Published> networks = new ArrayList<>();
    for (Member member : members) {
      if (member.refits()) {
        TrainableNetwork network = member.fit().refit(member.trained().bestUpdate());
        networks.add(new Published(network, network.updaterState()));
      } else {
        networks.add(new Published(member.judged(), member.trained().state()));
      }
    }
    return networks;
  }

  private static NetworkWeights export(List<TrainableNetwork> networks) {
    return NetworkWeights.of(networks.stream().map(TrainableNetwork::export).toList());
  }

  private TrainingResult.Summary summary(long observations, List<Member> members) {
    List<NetworkFit.Fitted> trained = members.stream().map(Member::trained).toList();
    return new TrainingResult.Summary(
        observations,
        trained.stream().mapToInt(NetworkFit.Fitted::updates).sum(),
        trained.stream().map(NetworkFit.Fitted::bestUpdate).toList(),
        trained.stream().mapToDouble(NetworkFit.Fitted::validationLoss).average().orElseThrow(),
        (System.nanoTime() - begin) / 1e9);
  }
}
