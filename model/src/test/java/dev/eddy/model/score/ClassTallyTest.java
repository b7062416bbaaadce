package dev.eddy.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassTallyTest {
  private static final double[] SAYS_A = {0.6, 0.3, 0.1};
  private static final double[] SAYS_B = {0.2, 0.5, 0.3};

  private final ClassTally tally = new ClassTally(List.of("a", "b", "c"), "b");

  @Test
  void scores_observations_beside_the_majority_and_the_previous_label() {
    tally.pass("k", "a");
    tally.score("k", "a", SAYS_A); // right; previous right
    tally.score("k", "b", SAYS_A); // majority right
    tally.score("k", null, SAYS_A);
    tally.score("k", "b", SAYS_B); // right; majority and previous right
    tally.score("k", "b", SAYS_A); // majority and previous right

    ClassScore score = tally.perKey().get(0);
    assertThat(score.count()).isEqualTo(4);
    assertThat(score.accuracy()).isEqualTo(0.5);
    assertThat(score.majority().accuracy()).isEqualTo(0.75);
    assertThat(score.majority().macroF1()).isCloseTo((0 + 6 / 7.0) / 2, within(1e-12));
    assertThat(score.previous().accuracy()).isEqualTo(0.75);
    // a: right, then taken for b's; b: right twice of three
    assertThat(score.previous().macroF1()).isCloseTo((2 / 3.0 + 4 / 5.0) / 2, within(1e-12));
    // a: 1 right of 1 occurred, 3 answered; b: 1 right of 3 occurred, 1 answered; c: never
    assertThat(score.labels())
        .containsExactly(
            new LabelScore("a", 1 / 3.0, 1, 0.5, 1), new LabelScore("b", 1, 1 / 3.0, 0.5, 3));
    assertThat(score.confusion())
        .isEqualTo(Map.of("a", Map.of("a", 1L, "b", 0L), "b", Map.of("a", 2L, "b", 1L)));
    assertThat(score.macroF1()).isEqualTo(0.5);
  }

  @Test
  void a_label_that_training_never_saw_counts_against_the_model() {
    tally.score("k", "new", SAYS_A);
    tally.score("k", "a", SAYS_A);

    assertThat(tally.pooled().label("new").f1()).isZero();
    assertThat(tally.pooled().macroF1()).isCloseTo((0 + 2 / 3.0) / 2, within(1e-12));
  }

  @Test
  void the_first_observation_of_a_key_is_guessed_by_the_majority() {
    tally.score("k", "b", SAYS_B);

    assertThat(tally.pooled().previous().accuracy()).isEqualTo(1);
  }

  @Test
  void pools_observations_not_keys() {
    tally.score("k", "a", SAYS_A);
    tally.score("l", "a", SAYS_A);
    tally.score("l", "a", SAYS_A);
    tally.score("l", "b", SAYS_A);

    ClassScore all = tally.pooled();
    assertThat(all.key()).isEqualTo(ForecastScore.ALL);
    assertThat(all.accuracy()).isEqualTo(0.75);
    assertThat(all.label("a").f1()).isCloseTo(6 / 7.0, within(1e-12));
    assertThat(tally.perKey()).extracting(ClassScore::key).containsExactly("k", "l");
  }

  @Test
  void without_any_scored_observation_there_is_nothing_to_tell() {
    tally.pass("k", "a");

    assertThat(tally.perKey()).isEmpty();
    assertThat(tally.pooled().count()).isZero();
    assertThat(tally.pooled().accuracy()).isZero();
  }
}
