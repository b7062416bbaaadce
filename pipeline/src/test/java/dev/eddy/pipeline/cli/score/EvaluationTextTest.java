package dev.eddy.pipeline.cli.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastCriteria;
import dev.eddy.model.score.ForecastTally;
import dev.eddy.model.spec.Head.Baseline;
import dev.eddy.model.spec.Head.Mean;
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
