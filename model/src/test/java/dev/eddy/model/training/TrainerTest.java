package dev.eddy.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryWriter;
import dev.eddy.model.score.ForecastScore;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.KeySelection;
import dev.eddy.model.settings.LayerSettings;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.Calibration;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.RawInput;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.Provenance;
import dev.eddy.model.store.TrainedModel;
import dev.eddy.model.store.UpdaterState;
import dev.eddy.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final FeatureSchema SCHEMA = new FeatureSchema(List.of("load"), List.of("mode"));
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final int ROWS = 400;
  private static final Split.ByTime BY_TIME = new Split.ByTime(at(250), at(320));

  @TempDir Path directory;

  @Test
  void a_forecast_beats_persistence_on_the_weather_of_the_year_held_back() throws IOException {
    RealData weather = RealData.weather(directory, false);
    ModelSettings model =
        Settings.of(ModelSettings.class, Map.of("layers", 2, "hidden", 32, "horizons", List.of(1)));
    TrainingSettings training =
        Settings.with(
            weather.training(),
            Map.of("updates", 60, "batch", 16, "validate-every", 20, "refit", false));
    try (History history = weather.open()) {
      TrainingResult result =
          Trainer.train(
              weather.input(), model, training, history, directory, TrainingProgress.silent());
      assertThat(result.evaluation().forecasts()).hasSize(3);
      for (ForecastScore score : result.evaluation().forecasts()) {
        assertThat(score.mae()).as(score.toString()).isLessThan(score.persistenceMae());
        assertThat(score.coverage()).as(score.toString()).isBetween(0.7, 0.9);
      }
    }
  }

  @Test
  void the_same_history_settings_and_seed_give_the_same_model() throws IOException {
    Path file = write("history", new double[0]);
    TrainingResult first = train(file, settings(BY_TIME));
    TrainingResult second = train(file, settings(BY_TIME));
    assertThat(second.spec()).isEqualTo(first.spec());
    for (String name : first.published().tensors().keySet()) {
      assertThat(second.published().values(name)).isEqualTo(first.published().values(name));
    }
    TrainingResult other = train(file, Settings.with(settings(BY_TIME), Map.of("seed", 2)));
    assertThat(other.published().values("head.weight"))
        .isNotEqualTo(first.published().values("head.weight"));
  }

  @Test
  void several_seeds_are_trained_and_published_as_the_mean_of_their_networks() throws IOException {
    Path file = write("history", new double[0]);
    TrainingResult both = train(file, Settings.with(settings(BY_TIME), Map.of("seeds", 2)));
    assertThat(both.spec().network().networks()).isEqualTo(2);
    assertThat(UpdaterState.read(both.beside().get(UpdaterState.FILE), 2)).hasSize(2);
    assertThat(both.summary().bestUpdates()).hasSize(2);
    for (int network = 0; network < 2; network++) {
      TrainingResult alone =
          train(file, Settings.with(settings(BY_TIME), Map.of("seed", 1 + network)));
      assertThat(both.spec().input()).isEqualTo(alone.spec().input());
      assertThat(both.published().members().get(network).tensors().keySet())
          .isEqualTo(alone.published().tensors().keySet());
      for (String name : alone.published().tensors().keySet()) {
        assertThat(both.published().members().get(network).values(name))
            .isEqualTo(alone.published().values(name));
      }
    }
  }

  @Test
  void nothing_from_the_validation_part_on_reaches_encoding_or_head() throws IOException {
    double[] changed = new double[ROWS - 250];
    Arrays.fill(changed, 1e6);
    TrainingResult before = train(write("before", new double[0]), settings(BY_TIME));
    TrainingResult after = train(write("after", changed), settings(BY_TIME));
    assertThat(after.spec().input()).isEqualTo(before.spec().input());
    assertThat(head(after).withCalibration(Optional.empty()))
        .isEqualTo(head(before).withCalibration(Optional.empty()));
  }

  @Test
  void nothing_from_the_test_part_on_reaches_the_spec_or_the_weights() throws IOException {
    double[] changed = new double[ROWS - 320];
    Arrays.fill(changed, 1e6);
    TrainingResult before = train(write("before", new double[0]), settings(BY_TIME));
    TrainingResult after = train(write("after", changed), settings(BY_TIME));
    assertThat(after.spec()).isEqualTo(before.spec());
    for (String name : before.published().tensors().keySet()) {
      assertThat(after.published().values(name)).isEqualTo(before.published().values(name));
      assertThat(after.judged().values(name)).isEqualTo(before.judged().values(name));
    }
  }

  @Test
  void whether_there_is_a_test_part_changes_nothing_that_is_learned() throws IOException {
    TrainingResult with = train(write("with", new double[0]), settings(BY_TIME));
    TrainingResult without = train(write("without", new double[0], 320), settings(BY_TIME));
    assertThat(without.spec()).isEqualTo(with.spec());
    for (String name : with.published().tensors().keySet()) {
      assertThat(without.published().values(name)).isEqualTo(with.published().values(name));
    }
  }

  @Test
  void keys_learn_from_their_actuals_after_what_the_network_was_trained_on() throws IOException {
    Path file = write("history", new double[0]);
    TrainingResult result = train(file, Settings.with(settings(BY_TIME), Map.of("refit", false)));
    Instant newest = at(249);
    assertThat(calibration(result).learnsFrom()).contains(newest.plusMillis(1));
    Split byKey = new Split.ByKey(new KeySelection.Named(List.of("b")), new KeySelection.Glob("c"));
    assertThat(calibration(train(file, settings(byKey))).learnsFrom()).isEmpty();
  }

  @Test
  void without_a_validation_part_a_new_keys_intervals_are_the_networks_own() throws IOException {
    Path file = write("history", new double[0]);
    Split all = new Split.ByTime(at(ROWS), at(ROWS));
    Calibration calibration = calibration(train(file, settings(all)));
    int nominal = calibration.levels().indexOf(0.8);
    int levels = calibration.levels().size();
    for (int column = 0; column < 2; column++) {
      assertThat(calibration.scores().get(column * levels + nominal)).isCloseTo(0, within(0.05f));
      assertThat(calibration.scores().get(column * levels + nominal + 5)).isPositive();
    }
  }

  @Test
  void calibration_can_be_left_out() throws IOException {
    Path file = write("history", new double[0]);
    ModelSettings without =
        Settings.with(model(), Map.of("calibration", ModelSettings.CalibrationMode.NONE));
    try (History history = History.open(List.of(file), SCHEMA)) {
      TrainingResult result =
          Trainer.train(
              input(), without, settings(BY_TIME), history, directory, TrainingProgress.silent());
      assertThat(head(result).calibration()).isEmpty();
    }
  }

  @Test
  void whole_keys_can_be_held_back() throws IOException {
    Split split =
        new Split.ByKey(new KeySelection.Named(List.of("b")), new KeySelection.Glob("*c"));
    TrainingResult result = train(write("history", new double[0]), settings(split));
    assertThat(result.evaluation().forecasts())
        .extracting(ForecastScore::key)
        .containsExactly("c", "c", "*", "*");
    assertThat(result.summary().observations()).isEqualTo(ROWS);
  }

  @Test
  void without_a_validation_part_every_update_counts() throws IOException {
    Path file = write("history", new double[0]);
    Split byKey = new Split.ByKey(KeySelection.none(), new KeySelection.Named(List.of("c")));
    for (Split split : List.of(byKey, new Split.ByTime(at(320), at(320)))) {
      TrainingResult result = train(file, settings(split));
      assertThat(result.summary().bestUpdates()).as(split.toString()).containsExactly(12);
    }
  }

  @Test
  void an_hourly_target_has_the_day_that_it_shows() throws IOException {
    TrainingResult result = train(write("history", new double[0]), settings(BY_TIME));
    assertThat(result.spec().input().targets().get(0).seasons()).containsExactly(24);
    assertThat(result.spec().input().categorical().get(0).values()).containsExactly("even", "odd");
    Head.Forecast head = (Head.Forecast) result.spec().head();
    List<Float> residuals = head.targets().get(0).residualQuantiles();
    assertThat(residuals.get(1)).isZero();
    assertThat(residuals.get(0)).isNegative();
  }

  @Test
  void training_leaves_no_file_behind_and_reports_every_phase() throws IOException {
    Path file = write("history", new double[0]);
    Path scratch = directory.resolve("scratch");
    List<TrainingProgress.Phase> phases = new ArrayList<>();
    try (History history = History.open(List.of(file), SCHEMA)) {
      Trainer.train(
          input(),
          model(),
          settings(BY_TIME),
          history,
          scratch,
          report -> phases.add(report.phase()));
    }
    assertThat(phases).contains(TrainingProgress.Phase.values());
    try (var left = Files.list(scratch)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void a_network_goes_on_from_another_and_keeps_what_it_reads_and_says() throws IOException {
    Path file = write("history", new double[0]);
    TrainingResult first = train(file, settings(BY_TIME));
    Path later = write("later", new double[] {30, 31, 32});

    TrainingResult next = train(later, settings(BY_TIME), model(), start(first));
    TrainingResult other = train(file, Settings.with(settings(BY_TIME), Map.of("seed", 2)));

    assertThat(next.spec().input()).as("not fitted anew").isEqualTo(first.spec().input());
    assertThat(head(next).targets()).isEqualTo(head(first).targets());
    assertThat(UpdaterState.read(next.beside().get(UpdaterState.FILE), 1).get(0).updates())
        .as("it counts on")
        .isGreaterThan(
            UpdaterState.read(first.beside().get(UpdaterState.FILE), 1).get(0).updates());
    assertThat(distance(first, next))
        .as("it has learned, and stayed nearer than one that begins anew")
        .isBetween(1e-9, distance(first, other) / 2);
  }

  @Test
  void layers_that_differ_are_trained_stored_and_go_on() throws IOException {
    Path file = write("history", new double[0]);
    List<LayerSettings> layers =
        List.of(
            Settings.of(LayerSettings.class, Map.of("cell", Optional.of(CellType.SRU))),
            Settings.of(
                LayerSettings.class,
                Map.of("cell", Optional.of(CellType.LSTM), "hidden", OptionalInt.of(5))));
    ModelSettings mixed = Settings.with(model(), Map.of("layers", layers));

    TrainingResult first = train(file, settings(BY_TIME), mixed, noStart());
    TrainingResult next = train(file, settings(BY_TIME), mixed, start(first));

    assertThat(first.spec().network().summary()).isEqualTo("1×8 sru, 1×5 lstm");
    ModelStore store = ModelStore.at(directory.resolve("models"));
    Provenance provenance = new Provenance("a test", "0.1.0", 1, "a test", Instant.EPOCH);
    TrainedModel loaded =
        store.load(
            store
                .publish(
                    "load", first.spec(), first.published(), provenance, Map.of(), first.beside())
                .id());
    assertThat(loaded.spec()).isEqualTo(first.spec());
    for (String name : first.published().tensors().keySet()) {
      assertThat(loaded.weights().values(name)).isEqualTo(first.published().values(name));
    }
    assertThat(next.spec().network()).isEqualTo(first.spec().network());
    assertThat(distance(first, next)).isPositive();
  }

  @Test
  void a_network_that_reads_or_says_something_else_does_not_go_on() throws IOException {
    Path file = write("history", new double[0]);
    Optional<Trainer.Start> start = start(train(file, settings(BY_TIME)));
    assertThatThrownBy(
            () ->
                train(file, settings(BY_TIME), Settings.with(model(), Map.of("hidden", 9)), start))
        .hasMessageStartingWith("--fine-tune: load@1 has the network: ");
    assertThatThrownBy(
            () ->
                train(
                    file,
                    settings(BY_TIME),
                    Settings.with(model(), Map.of("horizons", List.of(1, 4))),
                    start))
        .hasMessage("--fine-tune: load@1 has the horizons: [1, 3] (must be [1, 4])");
  }

  private static Optional<Trainer.Start> noStart() {
    return Optional.empty();
  }

  private static Optional<Trainer.Start> start(TrainingResult result) {
    return Optional.of(
        new Trainer.Start(
            new TrainedModel(new ModelId("load", 1), result.spec(), result.published()),
            Optional.of(result.beside().get(UpdaterState.FILE))));
  }

  /** Between the two networks' weights, of the first layer. */
  private static double distance(TrainingResult a, TrainingResult b) {
    float[] ofA = a.published().values("layers.0.weight");
    float[] ofB = b.published().values("layers.0.weight");
    double sum = 0;
    for (int at = 0; at < Math.min(ofA.length, ofB.length); at++) {
      sum += Math.abs(ofA[at] - ofB[at]);
    }
    return sum;
  }

  @Test
  void a_history_that_cannot_teach_is_refused_in_one_line() throws IOException {
    Path file = write("history", new double[0]);
    assertThatThrownBy(() -> train(file, settings(new Split.ByTime(at(-9), at(-8)))))
        .hasMessage("training part: no observation (must be at least one)");
    Split noKey =
        new Split.ByKey(KeySelection.none(), new KeySelection.Named(List.of("a", "b", "c")));
    assertThatThrownBy(() -> train(file, settings(noKey)))
        .hasMessage(
            "training.split: 0 validation and 3 test keys (must be fewer than the history's 3)");
    Split unknown = new Split.ByKey(KeySelection.none(), new KeySelection.Named(List.of("z")));
    assertThatThrownBy(() -> train(file, settings(unknown)))
        .hasMessage("training.split: z (must be a key of the history)");
  }

  private static Head.Forecast head(TrainingResult result) {
    return (Head.Forecast) result.spec().head();
  }

  private static Calibration calibration(TrainingResult result) {
    return head(result).calibration().orElseThrow();
  }

  private TrainingResult train(Path file, TrainingSettings training) throws IOException {
    return train(file, training, model(), noStart());
  }

  private TrainingResult train(
      Path file, TrainingSettings training, ModelSettings model, Optional<Trainer.Start> start)
      throws IOException {
    try (History history = History.open(List.of(file), SCHEMA)) {
      return Trainer.train(
          input(), model, training, history, directory, TrainingProgress.silent(), start);
    }
  }

  private static InputSettings input() {
    return new InputSettings(
        SCHEMA,
        List.of("load"),
        Optional.empty(),
        List.of(),
        ZoneOffset.UTC,
        Optional.of(Duration.ofHours(1)));
  }

  private static ModelSettings model() {
    return Settings.of(
        ModelSettings.class, Map.of("layers", 2, "hidden", 8, "horizons", List.of(1, 3)));
  }

  private static TrainingSettings settings(Split split) {
    return Settings.with(
        TrainingSettings.of(split),
        Map.of(
            "updates", 12, "batch", 4, "sequence-length", 48, "burn-in", 8, "validate-every", 4));
  }

  private static Instant at(int hours) {
    return Instant.ofEpochMilli(hours * HOUR);
  }

  /** Three noisy daily cycles, the last observations of each key replaced. */
  private Path write(String name, double[] replaced) throws IOException {
    return write(name, replaced, ROWS);
  }

  private Path write(String name, double[] replaced, int rows) throws IOException {
    Path file = directory.resolve(name + ".history");
    Random random = new Random(1);
    try (HistoryWriter writer = new HistoryWriter(file, SCHEMA)) {
      for (String key : List.of("a", "b", "c")) {
        writer.startKey(key);
        for (int row = 0; row < ROWS; row++) {
          double load = (10 + 5 * Math.sin(row * Math.PI / 12) + random.nextGaussian());
          int fromEnd = row - (ROWS - replaced.length);
          double[] values = {fromEnd >= 0 ? replaced[fromEnd] : load};
          String[] mode = {row % 2 == 0 ? "even" : "odd"};
          if (row < rows) {
            writer.append(new RawInput(row * HOUR, values, mode), null);
          }
        }
      }
    }
    return file;
  }
}
