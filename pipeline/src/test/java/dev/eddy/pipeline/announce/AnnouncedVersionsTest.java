package dev.eddy.pipeline.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncedVersionsTest {
  private static final Announcement FIRST = announced("1", "m@1", Long.MIN_VALUE);
  private static final Announcement SECOND = announced("2", "m@2", 100);

  @Test
  void what_is_retracted_stands_no_longer_unless_nothing_else_does() {
    assertThat(AnnouncedVersions.standing(List.of(FIRST, SECOND, retraction("m@2"))))
        .containsExactly(FIRST);
    assertThat(
            AnnouncedVersions.standing(
                List.of(FIRST, SECOND, retraction("m@2"), retraction("m@1"))))
        .as("something must serve")
        .containsExactly(FIRST);
    assertThat(AnnouncedVersions.standing(List.of(retraction("m@1"), FIRST)))
        .as("it takes back what came before it")
        .containsExactly(FIRST);
  }

  @Test
  void the_shadow_is_the_last_one_that_is_not_retracted_and_does_not_serve_since() {
    Announcement shadow = SECOND.asShadow();
    Announcement other = announced("4", "m@3", 100).asShadow();
    assertThat(AnnouncedVersions.standing(List.of(FIRST, shadow))).containsExactly(FIRST);
    assertThat(AnnouncedVersions.shadow(List.of(FIRST))).isEmpty();
    assertThat(AnnouncedVersions.shadow(List.of(FIRST, shadow))).contains(shadow);
    assertThat(AnnouncedVersions.shadow(List.of(FIRST, shadow, other))).contains(other);
    assertThat(AnnouncedVersions.shadow(List.of(FIRST, shadow, other, retraction("m@3"))))
        .contains(shadow);
    assertThat(AnnouncedVersions.shadow(List.of(FIRST, shadow, announced("5", "m@2", 200))))
        .isEmpty();
    assertThat(AnnouncedVersions.shadow(List.of(FIRST, SECOND, shadow))).contains(shadow);
  }

  @Test
  void the_last_whose_time_has_come_serves_and_the_first_before_all() {
    List<Announcement> standing = List.of(FIRST, SECOND, announced("3", "m@1", 50));
    assertThat(AnnouncedVersions.serving(standing, 10)).contains(FIRST);
    assertThat(AnnouncedVersions.serving(standing, 100)).contains(standing.get(2));
    assertThat(AnnouncedVersions.serving(List.of(SECOND), 1)).contains(SECOND);
    assertThat(AnnouncedVersions.serving(List.of(), 1)).isEmpty();
  }

  private static Announcement announced(String id, String model, long from) {
    return new Announcement(id, model, from, "reset", "digest of " + model, "store");
  }

  private static Announcement retraction(String model) {
    return Announcement.retraction("retraction of " + model, model, "digest of " + model);
  }
}
