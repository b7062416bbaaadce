package dev.eddy.pipeline.cli.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastCriteria;
import dev.eddy.model.score.ForecastTally;
import dev.eddy.model.spec.Head.Baseline;
import dev.eddy.model.spec.Head.Mean;
import dev.eddy.pipeline.train.ScoreJson;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationTextTest {
  private static final List<Integer> HORIZONS = List.of(1, 2);
  private static final HorizonNames EVERY_QUARTER =
      new HorizonNames(Optional.of(Duration.ofMinutes(15)));

  @Test
  void targets_beside_different_naive_forecasters_share_a_table() {
    List<String> lines = EvaluationText.lines(evaluation(), EVERY_QUARTER);

    String heads = line(lines, "target     horizon");
    assertThat(heads)
        .containsSubsequence("seasonal naive 2", "seasonal naive 3", "baseline", "better by");
    // load has season 2 and is a residual to the last value, heat season 3 and the mean of both
    assertThat(line(lines, "load    1 (15 min)")).contains("–");
    assertThat(line(lines, "heat    1 (15 min)")).contains("–");
  }

  @Test
  void of_several_targets_the_verdicts_are_on_their_means_over_horizons() {
    assertThat(EvaluationText.verdicts(evaluation(), EVERY_QUARTER))
        .hasSize(2)
        .allMatch(verdict -> verdict.contains(", mean over horizons: "));
  }

  @Test
  void horizons_are_named_in_time_where_that_is_known() {
    assertThat(EVERY_QUARTER.name(96)).isEqualTo("96 (1 d)");
    assertThat(EVERY_QUARTER.shortly(97)).isEqualTo("1 d 15 min");
    assertThat(new HorizonNames(Optional.empty()).name(96)).isEqualTo("96");
  }

  @Test
  void errors_of_keys_that_differ_in_scale_are_not_put_together() {
    String alike = String.join("\n", EvaluationText.lines(ofKeys(5), EVERY_QUARTER));
    assertThat(alike).doesNotContain("differ in scale").contains("1 (15 min)      18  3.00");

    Evaluation unlike = ofKeys(1000);
    List<String> lines = EvaluationText.lines(unlike, EVERY_QUARTER);
    assertThat(lines)
        .anyMatch(line -> line.startsWith("load: keys differ in scale by 1,000 times (more than"))
        .anyMatch(line -> line.matches("1 \\(15 min\\) +18 +– +– .* % +.*"))
        .anyMatch(line -> line.matches("horizon +relative error +persistence.*"))
        .anyMatch(line -> line.matches("1 \\(15 min\\) +1.00 +1.00 .*"))
        .anyMatch(line -> line.matches("large +1 \\(15 min\\) +9 +1,000 .*"));
    assertThat(EvaluationText.verdicts(unlike, EVERY_QUARTER))
        .allMatch(line -> line.endsWith(" of its relative error"));
    assertThat(unlike.pooledForecasts()).allMatch(score -> Double.isNaN(score.mae()));
    assertThat(ScoreJson.of(unlike).get("unlikeScales")).hasToString("{load=1000.0}");
  }

  @Test
  void where_persistence_is_exact_for_every_key_there_is_nothing_to_compare_with() {
    ForecastTally scores = new ForecastTally(criteria());
    for (String key : List.of("large", "small")) { // two ago is always right
      for (int time = 0; time < 12; time++) {
        double unit = key.equals("large") ? 1000 : 1;
        scores.observe(key, time, new double[] {unit * (time % 2)}, time > 2);
        scores.forecast(key, new double[] {unit / 2, unit / 2});
      }
      scores.end(key);
    }
    Evaluation exact = Evaluation.of(scores);

    assertThat(exact.unlikeScales()).isNotEmpty();
    assertThat(EvaluationText.verdicts(exact, EVERY_QUARTER).get(1))
        .isEqualTo(
            "horizon 2 (30 min): nothing to compare with: persistence is exact for every key");
    assertThat(EvaluationText.lines(exact, EVERY_QUARTER))
        .anyMatch(line -> line.matches("2 \\(30 min\\) +– +– +– +– *"));
  }

  /** Two keys, one so many times as large as the other. */
  private static Evaluation ofKeys(float times) {
    ForecastTally scores = new ForecastTally(criteria());
    for (String key : List.of("large", "small")) {
      float unit = key.equals("large") ? times : 1;
      for (int time = 0; time < 12; time++) {
        scores.observe(key, time, new double[] {unit * time}, time > 2);
        scores.forecast(key, new double[] {unit * time, unit * time});
      }
      scores.end(key);
    }
    return Evaluation.of(scores);
  }

  private static ForecastCriteria criteria() {
    return new ForecastCriteria(
        HORIZONS, List.of(0.5), Optional.empty(), List.of(target("load", 2, Baseline.last())));
  }

  private static String line(List<String> lines, String begin) {
    // the table of errors comes first, the one beside the naive forecasters has these heads
    int heads = lines.indexOf(find(lines, "persistence"));
    return find(lines.subList(heads, lines.size()), begin);
  }

  private static String find(List<String> lines, String part) {
    return lines.stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
  }

  private static Evaluation evaluation() {
    ForecastCriteria scoring =
        new ForecastCriteria(
            HORIZONS,
            List.of(0.5),
            Optional.empty(),
            List.of(
                target("load", 2, Baseline.last()), target("heat", 3, new Mean(true, List.of(3)))));
    ForecastTally scores = new ForecastTally(scoring);
    for (int time = 0; time < 12; time++) {
      scores.observe("a", time, new double[] {time % 2, time % 3}, true);
      scores.forecast("a", new double[] {1, 1, 2, 2});
    }
    scores.end("a");
    return Evaluation.of(scores);
  }

  private static ForecastCriteria.Target target(String name, int season, Baseline baseline) {
    return ForecastCriteria.Target.of(
        name, season, List.of(season), Collections.nCopies(HORIZONS.size(), baseline));
  }
}
