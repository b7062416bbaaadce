package dev.eddy.pipeline.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.connectors.event.Observation;
import dev.eddy.model.score.Gain;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.Head;
import dev.eddy.pipeline.operator.TestModels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassScoresTest {
  private static final Head.Classes LABELS = new Head.Classes(List.of("off", "on"));

  @Test
  void a_class_that_the_champion_does_not_know_counts_against_it_and_frequencies_are_smoothed() {
    Frequencies frequencies = new Frequencies(Map.of("off", 2L, "on", 1L));
    assertThat(frequencies.probability("off")).isEqualTo(0.5);
    assertThat(frequencies.probability("unheard of")).isEqualTo(1.0 / 6);
    Head.Classes older = new Head.Classes(List.of("off", "slow"));
    Scores scores = scores(older, frequencies);

    scores.add(answer(0, "on", 0.2, 0.8), answer(0, "on", 0.9, 0.1), true);
    scores.end("pump");

    assertThat(scores.logLosses().get(0)).isEqualTo(-Math.log(0.8), within(1e-12));
    assertThat(scores.logLosses().get(1)).as("never infinite").isEqualTo(-Math.log(1e-7));
    assertThat(scores.logLosses().get(2)).isEqualTo(-Math.log(2.0 / 6), within(1e-12));
  }

  @Test
  void what_is_right_more_often_is_better_and_what_was_seen_does_not_count() {
    Scores scores = scores(LABELS, new Frequencies(Map.of("off", 5L, "on", 5L)));
    for (int at = 0; at < 100; at++) {
      String label = at % 3 == 0 ? "on" : "off";
      double right = label.equals("on") ? 0.9 : 0.1;
      boolean seen = at < 50;
      scores.add(
          answer(at, label, 1 - right, right),
          answer(at, label, seen ? 1 - right : 0.5, seen ? right : 0.5),
          !seen);
    }
    scores.end("pump");
    Verdict verdict = Verdict.of(scores, Optional.empty(), Optional.empty(), 1);

    assertThat(verdict.judged()).isEqualTo(50);
    Gain gain = scores.losses().gain(0, 1, "champion", 1);
    assertThat(gain.isSure()).isTrue();
    assertThat(gain.share()).isEqualTo(1 - Math.log(0.9) / Math.log(0.5), within(1e-9));
    assertThat(scores.own().pooledClasses().get(0).accuracy()).isEqualTo(1);
  }

  private static Scores scores(Head.Classes champion, Frequencies frequencies) {
    return new ClassScores(
        LABELS,
        champion,
        frequencies,
        TestModels.spec(CellType.SRU, 1, 4, List.of("load", "wind")),
        1_000_000_000);
  }

  private static Contestant.Answer answer(int at, String label, double... said) {
    Observation unlabelled = TestModels.observation("pump", 60_000L * 100 * at, at);
    Observation observation =
        new Observation(
            "pump", unlabelled.time(), unlabelled.numeric(), new String[0], label, 0, at);
    return new Contestant.Answer(observation, said);
  }
}
