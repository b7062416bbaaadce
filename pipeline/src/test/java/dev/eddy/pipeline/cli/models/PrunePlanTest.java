package dev.eddy.pipeline.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.spec.ModelId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept, and why. */
class PrunePlanTest {
  private static final List<ModelId> PUBLISHED =
      IntStream.rangeClosed(1, 9).mapToObj(version -> new ModelId("test", version)).toList();

  @Test
  void what_serves_what_is_planned_the_shadow_and_the_one_before_are_kept() {
    List<Announcement> announced =
        List.of(
            announcement(1, Long.MIN_VALUE),
            announcement(3, 10),
            announcement(4, 20),
            announcement(5, 20).asShadow(),
            announcement(6, 30));
    PrunePlan plan = PrunePlan.of(PUBLISHED, 1, announced, 25, Map.of());
    assertThat(plan.kept())
        .containsOnly(
            Map.entry(id(3), "a rollback lets it serve"),
            Map.entry(id(4), "serves"),
            Map.entry(id(5), "is the shadow"),
            Map.entry(id(6), "is to serve from 1970-01-01T00:00:00.030Z"),
            Map.entry(id(9), "one of the newest 1"));
    assertThat(plan.pruned()).containsExactly(id(1), id(2), id(7), id(8));
  }

  @Test
  void a_shadow_is_kept_beside_one_that_is_planned_and_one_that_a_retraction_uncovers() {
    List<Announcement> announced =
        List.of(
            announcement(1, Long.MIN_VALUE),
            announcement(2, 5).asShadow(),
            announcement(3, 10).asShadow(),
            announcement(4, 20).asShadow(),
            announcement(5, 30).asShadow());
    assertThat(PrunePlan.of(PUBLISHED, 1, announced, 25, Map.of()).kept())
        .containsOnly(
            Map.entry(id(1), "serves"),
            Map.entry(id(3), "a retraction lets it be the shadow"),
            Map.entry(id(4), "is the shadow"),
            Map.entry(id(5), "is to be stepped as a shadow from 1970-01-01T00:00:00.030Z"),
            Map.entry(id(9), "one of the newest 1"));
  }

  @Test
  void a_shadow_that_was_promoted_uncovers_the_one_before_it_when_it_is_retracted() {
    List<Announcement> announced =
        List.of(
            announcement(1, Long.MIN_VALUE),
            announcement(2, 10).asShadow(),
            announcement(3, 15).asShadow(),
            announcement(3, 20));
    assertThat(PrunePlan.of(PUBLISHED, 1, announced, 25, Map.of()).kept())
        .containsEntry(id(2), "a retraction lets it be the shadow")
        .containsEntry(id(3), "serves");
  }

  @Test
  void what_is_retracted_is_needed_no_longer() {
    List<Announcement> announced = new ArrayList<>();
    announced.add(announcement(1, Long.MIN_VALUE));
    announced.add(announcement(2, 10));
    announced.add(Announcement.retraction("back", "test@2", "digest 2"));
    PrunePlan plan = PrunePlan.of(PUBLISHED.subList(0, 3), 1, announced, 25, Map.of());
    assertThat(plan.pruned()).containsExactly(id(2));
  }

  @Test
  void what_the_job_says_is_kept_too_as_its_subtasks_say_together() {
    String digest = "0".repeat(64);
    Map<Integer, Long> needed =
        NeededVersions.sum(
            List.of(
                "2 " + digest + " 5,4 " + digest + " -3,6 " + digest + " 0",
                "4 " + digest + " 3,7 " + digest + " 1",
                ""));
    assertThat(needed).containsOnly(Map.entry(2, 5L), Map.entry(6, 0L), Map.entry(7, 1L));
    PrunePlan plan =
        PrunePlan.of(PUBLISHED, 1, List.of(announcement(8, Long.MIN_VALUE)), 25, needed);
    assertThat(plan.kept()).containsOnlyKeys(id(2), id(6), id(7), id(8), id(9));
  }

  private static ModelId id(int version) {
    return new ModelId("test", version);
  }

  private static Announcement announcement(int version, long from) {
    return new Announcement(
        "announcement " + version, "test@" + version, from, "rewarm", "digest " + version, "store");
  }
}
