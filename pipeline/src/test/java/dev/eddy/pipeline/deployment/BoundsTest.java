package dev.eddy.pipeline.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.settings.Bounds;
import dev.eddy.settings.Declaration;
import dev.eddy.settings.Shape;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every number and every duration of a deployment has two bounds, and is refused beyond them. */
class BoundsTest {
  private static final List<String> EXTREMES =
      List.of(
          "0",
          "-1",
          "2147483647",
          "2147483648",
          "1000000000000000000",
          "99999999999999999999999",
          "1e18",
          "-1e400",
          "NaN",
          ".nan",
          "Infinity",
          "-Infinity",
          "1..2000000000",
          "1..99999999999999999999",
          "999999999999 d",
          "999999999999 w",
          "PT-5S",
          "P99999999999999999D",
          "0 ms");

  @TempDir Path folder;

  /** A setting that counts or measures, with what else must be set so that it can be. */
  record Measure(String path, Declaration setting, List<String> before) {
    @Override
    public String toString() {
      return path;
    }
  }

  static List<Measure> measures() {
    List<Measure> found = new ArrayList<>();
    collect(Deployment.class, "", List.of(), found);
    return found;
  }

  private static void collect(
      Class<?> type, String path, List<String> before, List<Measure> found) {
    for (Declaration each : Declaration.of(type)) {
      collect(each, path + each.name(), before, found);
    }
  }

  private static void collect(
      Declaration setting, String path, List<String> before, List<Measure> found) {
    Shape shape = setting.shape();
    while (shape.kind() == Shape.Kind.OPTIONAL || shape.kind() == Shape.Kind.LIST) {
      shape = shape.element();
    }
    switch (shape.kind()) {
      case BLOCK -> collect(shape.type(), path + ".", before, found);
      case CHOICE ->
          shape
              .choices()
              .forEach((by, chosen) -> collect(chosen, path + ".", List.of(split(by)), found));
      case FORMS ->
          shape.forms().stream()
              .map(Declaration::of)
              .filter(form -> isMeasure(form.shape().type()))
              .forEach(form -> found.add(new Measure(path, form, before)));
      default -> {
        if (isMeasure(shape.type())) {
          found.add(new Measure(path, setting, before));
        }
      }
    }
  }

  private static boolean isMeasure(Class<?> type) {
    return type == Duration.class
        || Number.class.isAssignableFrom(type)
        || (type.isPrimitive() && type != boolean.class && type != char.class);
  }

  private static String split(String by) {
    return switch (by) {
      case "last" -> "training.split={by: last, validation: 1, test: 1}";
      case "key" -> "training.split={by: key, validation: 0.1, test: 0.1}";
      case "share" -> "training.split={by: share, validation: 0.1, test: 0.1}";
      default -> "training.split={by: time, validation-from: 2026-01-01, test-from: 2026-01-02}";
    };
  }

  @ParameterizedTest
  @MethodSource("measures")
  void is_refused_beyond_them_and_by_nothing_but_a_line_at_any_extreme(Measure measure)
      throws IOException {
    Bounds bounds = measure.setting().bounds();
    assertThat(bounds.least() + bounds.above()).as("a lower bound").isNotEmpty();
    assertThat(bounds.most() + bounds.below()).as("an upper bound").isNotEmpty();
    for (String extreme : EXTREMES) {
      List<String> overrides = new ArrayList<>(measure.before());
      overrides.add(measure.path() + "=" + extreme);
      assertOneLineIfRefused(measure, overrides, extreme);
    }
    for (String beyond : beyond(bounds)) {
      List<String> overrides = new ArrayList<>(measure.before());
      overrides.add(measure.path() + "=" + beyond);
      assertThatThrownBy(() -> read(overrides))
          .as(beyond)
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining(measure.path())
          .hasMessageContaining(": " + beyond + " (must be ")
          .hasMessageContaining(bounds.expectation());
    }
  }

  private void assertOneLineIfRefused(Measure measure, List<String> overrides, String extreme)
      throws IOException {
    try {
      read(overrides);
    } catch (UserMistake e) {
      for (String line : e.lines()) {
        assertThat(line).as(extreme).contains(" (must ").hasSizeLessThan(500);
        assertThat(line).as(extreme).contains(measure.path().split("\\.")[0]);
      }
    }
  }

  /** Written as the setting is, a little beyond each bound. */
  private static List<String> beyond(Bounds bounds) {
    return Stream.of(less(bounds.least()), more(bounds.most()), bounds.above(), bounds.below())
        .filter(each -> !each.isEmpty())
        .filter(each -> !each.contains("e")) // shown otherwise than it is written
        .toList();
  }

  private static String less(String least) {
    return least.matches("-?\\d{1,18}") ? String.valueOf(Long.parseLong(least) - 1) : "";
  }

  private static String more(String most) {
    if (most.endsWith(" d") || most.endsWith(" h")) {
      return Integer.parseInt(most.substring(0, most.length() - 2))
          + 1
          + most.substring(most.length() - 2);
    }
    return most.matches("\\d{1,18}") ? String.valueOf(Long.parseLong(most) + 1) : "";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model.season=[2147483647]      | --set: model.season: 2147483647 (must be ascending, each 2 to 1000000)
          model.horizons=1..2000000000   | --set: model.horizons: 1..2000000000 (must be ascending, each 1 to 10000)
          model.hidden=99999999999       | --set: model.hidden: 99999999999 (must be 1 to 4096)
          model.baseline=season:9999999  | --set: model.baseline: season:9999999 (must be of seasons up to 1000000)
          input.max-ahead=999999999999 d | --set: input.max-ahead: 999999999999 d (must be 0 ms to 365000 d)
          serving.linger=0 ms            | --set: serving.linger: 0 ms (must be 1 ms to 1 h)
          training.seed=99999999999999999999 | --set: training.seed: 99999999999999999999 (must be -9223372036854775808 to 9223372036854775807)
          """)
  void is_said_as_it_was_written(String override, String line) {
    assertThatThrownBy(() -> read(List.of(override)))
        .isInstanceOf(UserMistake.class)
        .hasMessage(line);
  }

  private Deployment read(List<String> overrides) throws IOException {
    Path file = folder.resolve("pumps.yaml");
    Files.writeString(
        file,
        """
        name: pumps
        store: models
        kafka: {bootstrap.servers: "localhost:9092"}
        topics: {observations: o, predictions: p, models: m, dead-letters: d}
        input: {features: [flow, valve], target: flow, future: {features: valve}}
        model: {horizons: [1]}
        training:
          split: {by: last, validation: 10, test: 10}
        replay: {files: [rows.csv], key: {constant: pump}, time: {columns: [at]}}
        """);
    return DeploymentFile.read(file, overrides);
  }
}
