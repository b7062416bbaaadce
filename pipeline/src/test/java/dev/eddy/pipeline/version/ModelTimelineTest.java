package dev.eddy.pipeline.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.spec.ModelId;
import dev.eddy.pipeline.state.ExactModel;
import org.junit.jupiter.api.Test;

class ModelTimelineTest {
  private final ModelTimeline timeline = new ModelTimeline();

  @Test
  void the_first_version_serves_from_the_beginning_whatever_it_says() {
    append(1, 500, SwapPolicy.CARRY);
    assertThat(versionAt(Long.MIN_VALUE)).isEqualTo(1);
    assertThat(versionAt(0)).isEqualTo(1);
  }

  @Test
  void a_later_version_serves_from_its_effective_time_on() {
    append(1, 0, SwapPolicy.CARRY);
    append(2, 100, SwapPolicy.CARRY);
    assertThat(versionAt(99)).isEqualTo(1);
    assertThat(versionAt(100)).isEqualTo(2);
    assertThat(versionAt(Long.MAX_VALUE)).isEqualTo(2);
  }

  @Test
  void what_is_announced_last_wins_where_effective_times_cross() {
    append(1, 0, SwapPolicy.CARRY);
    append(2, 100, SwapPolicy.CARRY);
    append(3, 50, SwapPolicy.CARRY);
    assertThat(versionAt(49)).isEqualTo(1);
    assertThat(versionAt(50)).isEqualTo(3);
    assertThat(versionAt(100)).isEqualTo(3);
  }

  @Test
  void a_version_can_come_back() {
    append(1, 0, SwapPolicy.CARRY);
    append(2, 100, SwapPolicy.CARRY);
    append(1, 200, SwapPolicy.CARRY);
    assertThat(versionAt(150)).isEqualTo(2);
    assertThat(versionAt(200)).isEqualTo(1);
  }

  @Test
  void a_shadow_serves_at_no_time_and_ends_when_its_version_serves() {
    append(1, Long.MIN_VALUE, SwapPolicy.RESET);
    shadow(2, 10);
    assertThat(timeline.at(20).exact().version()).isEqualTo(1);
    assertThat(timeline.shadow(9)).isEmpty();
    assertThat(shadowAt(10)).isEqualTo(2);
    shadow(3, 15);
    assertThat(shadowAt(14)).isEqualTo(2);
    assertThat(shadowAt(15)).isEqualTo(3);
    append(3, 30, SwapPolicy.RESET);
    assertThat(shadowAt(29)).isEqualTo(3);
    assertThat(timeline.shadow(30)).as("the one before it does not come back").isEmpty();
    timeline.withdraw(exact(3));
    assertThat(shadowAt(30)).as("as if it had never been announced").isEqualTo(2);
    assertThat(timeline.at(30).exact().version()).isEqualTo(1);
  }

  @Test
  void a_shadow_changes_nothing_of_how_keys_move_over() {
    append(1, Long.MIN_VALUE, SwapPolicy.RESET);
    shadow(3, 5);
    append(2, 10, SwapPolicy.CARRY);
    Tenure second = timeline.at(10);
    assertThat(timeline.before(second)).map(Tenure::exact).contains(exact(1));
    assertThat(timeline.swap(exact(1), second)).isEqualTo(SwapPolicy.CARRY);
  }

  @Test
  void a_shadow_says_itself_how_keys_branch_off_from_what_is_announced_after_it() {
    append(1, Long.MIN_VALUE, SwapPolicy.CARRY);
    shadow(2, 50);
    append(3, 10, SwapPolicy.CARRY);
    Tenure shadow = timeline.shadow(50).orElseThrow();
    assertThat(timeline.swap(exact(3), shadow)).isEqualTo(SwapPolicy.REWARM);
    assertThat(timeline.swap(exact(1), shadow)).isEqualTo(SwapPolicy.REWARM);
  }

  @Test
  void a_shadow_that_carries_does_so_only_if_what_is_announced_after_it_does() {
    append(1, Long.MIN_VALUE, SwapPolicy.CARRY);
    shadow(2, 50, SwapPolicy.CARRY);
    append(3, 10, SwapPolicy.CARRY);
    append(4, 60, SwapPolicy.RESET);
    Tenure shadow = timeline.shadow(50).orElseThrow();
    assertThat(timeline.swap(exact(3), shadow)).isEqualTo(SwapPolicy.CARRY);
    assertThat(timeline.swap(exact(4), shadow)).isEqualTo(SwapPolicy.RESET);
  }

  @Test
  void state_is_carried_only_if_every_tenure_in_between_carries() {
    append(1, 0, SwapPolicy.CARRY);
    append(2, 100, SwapPolicy.RESET);
    append(3, 200, SwapPolicy.CARRY);
    append(4, 300, SwapPolicy.CARRY);
    assertThat(timeline.swap(exact(1), timeline.at(100))).isEqualTo(SwapPolicy.RESET);
    assertThat(timeline.swap(exact(2), timeline.at(200))).isEqualTo(SwapPolicy.CARRY);
    assertThat(timeline.swap(exact(2), timeline.at(300))).isEqualTo(SwapPolicy.CARRY);
    assertThat(timeline.swap(exact(1), timeline.at(300))).isEqualTo(SwapPolicy.RESET);
  }

  @Test
  void state_of_a_version_that_never_served_is_reset() {
    append(1, 0, SwapPolicy.CARRY);
    append(2, 100, SwapPolicy.CARRY);
    assertThat(timeline.swap(exact(9), timeline.at(100))).isEqualTo(SwapPolicy.RESET);
  }

  @Test
  void what_is_withdrawn_counts_as_never_announced() {
    append(1, 0, SwapPolicy.CARRY);
    append(2, 100, SwapPolicy.RESET);
    append(3, 200, SwapPolicy.CARRY);
    assertThat(timeline.withdraw(exact(2))).extracting(t -> t.model().version()).containsExactly(2);
    assertThat(timeline.withdraw(exact(2))).isEmpty();
    assertThat(versionAt(150)).isEqualTo(1);
    assertThat(timeline.swap(exact(1), timeline.at(200))).isEqualTo(SwapPolicy.CARRY);
    timeline.withdraw(exact(1));
    assertThat(versionAt(0)).as("the first that stands").isEqualTo(3);
    timeline.forgive();
    assertThat(versionAt(0)).isEqualTo(3);
    assertThat(timeline.withdraw(exact(3))).as("something must serve").isEmpty();
    assertThat(versionAt(0)).isEqualTo(3);
  }

  @Test
  void the_next_to_begin_is_the_earliest_that_is_not_overruled() {
    append(1, 0, SwapPolicy.CARRY);
    append(2, 300, SwapPolicy.CARRY);
    append(3, 200, SwapPolicy.CARRY);
    assertThat(timeline.after(0)).map(tenure -> tenure.model().version()).contains(3);
    assertThat(timeline.after(200)).isEmpty();
    append(4, 50, SwapPolicy.CARRY);
    assertThat(timeline.after(50)).isEmpty();
  }

  @Test
  void a_key_leaves_a_withdrawn_version_by_the_policy_that_brought_it_there() {
    append(1, 0, SwapPolicy.CARRY);
    append(2, 100, SwapPolicy.RESET);
    append(3, 200, SwapPolicy.CARRY);
    timeline.withdraw(exact(3));
    assertThat(timeline.swap(exact(3), timeline.at(300))).isEqualTo(SwapPolicy.CARRY);
    assertThat(timeline.swap(exact(1), timeline.at(300))).isEqualTo(SwapPolicy.RESET);
  }

  @Test
  void what_came_before_a_tenure_stays_the_same_whatever_is_withdrawn_later() {
    append(1, 0, SwapPolicy.CARRY);
    append(2, 100, SwapPolicy.RESET);
    append(3, 200, SwapPolicy.CARRY);
    timeline.withdraw(exact(2));
    append(4, 300, SwapPolicy.CARRY);
    assertThat(timeline.before(timeline.at(250))).map(each -> each.model().version()).contains(2);
    assertThat(timeline.before(timeline.at(300))).map(each -> each.model().version()).contains(3);
  }

  private void append(int version, long effectiveFrom, SwapPolicy swap) {
    timeline.append(new ModelId("test", version), digest(version), effectiveFrom, swap, false);
  }

  private void shadow(int version, long effectiveFrom) {
    shadow(version, effectiveFrom, SwapPolicy.REWARM);
  }

  private void shadow(int version, long effectiveFrom, SwapPolicy swap) {
    timeline.append(new ModelId("test", version), digest(version), effectiveFrom, swap, true);
  }

  private int shadowAt(long time) {
    return timeline.shadow(time).orElseThrow().model().version();
  }

  private static ExactModel exact(int version) {
    return ExactModel.of(version, digest(version));
  }

  private static String digest(int version) {
    return String.format("%064x", version);
  }

  private int versionAt(long time) {
    return timeline.at(time).model().version();
  }
}
