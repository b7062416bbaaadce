package dev.eddy.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
  /** What a letter may be. */
  public enum Kind {
    PLAIN,
    BY_AIR
  }

  /** Settings of every kind that declares something of its own. */
  @Block("post")
  public record Post(
      @Setting(about = "where it goes") String address,
      @Setting(about = "how heavy it is", byDefault = "2.5", above = "0", most = "20")
          double weight,
      @Setting(about = "how long it may take", byDefault = "3 d", least = "1 h") Duration within,
      @Setting(
              about = "when to ring",
              byDefault = {"1", "3"},
              least = "1",
              ascending = true)
          List<Integer> rings,
      @Setting(about = "how it goes", byDefault = "by-air") Kind kind,
      @Setting(about = "a word", byDefault = "none") Optional<String> note) {
    public Post {
      Settings.check(Post.class, address, weight, within, rings, kind, note);
    }
  }

  @Test
  void what_is_not_given_is_at_its_declared_default() {
    assertThat(Settings.of(Post.class, Map.of("address", "here")))
        .isEqualTo(
            new Post(
                "here", 2.5, Duration.ofDays(3), List.of(1, 3), Kind.BY_AIR, Optional.empty()));
    assertThatThrownBy(() -> Settings.of(Post.class, Map.of()))
        .isInstanceOf(UserMistake.class)
        .hasMessage("post.address: missing (must be given)");
  }

  @Test
  void one_setting_changes_and_the_others_stay() {
    Post post = Settings.of(Post.class, Map.of("address", "here", "weight", 3));
    assertThat(Settings.with(post, Map.of("address", "there")))
        .isEqualTo(Settings.of(Post.class, Map.of("address", "there", "weight", 3)));
    assertThatThrownBy(() -> Settings.with(post, Map.of("adress", "there")))
        .hasMessageContaining("has no setting adress");
  }

  @Test
  void every_setting_out_of_bounds_has_a_line() {
    Map<String, Object> given =
        Map.of("address", "here", "weight", 21, "within", Duration.ZERO, "rings", List.of(3, 3));
    assertThatThrownBy(() -> Settings.of(Post.class, given))
        .hasMessage(
            """
            post.weight: 21.0 (must be above 0 and at most 20)
            post.within: 0 ms (must be 1 h or more)
            post.rings: [3, 3] (must be ascending, each 1 or more)""");
  }

  @Test
  void a_word_stands_for_an_enum_constant() {
    assertThat(Words.read(Kind.class, "post.kind", "by-air")).isEqualTo(Kind.BY_AIR);
    assertThatThrownBy(() -> Words.read(Kind.class, "post.kind", "by-sea"))
        .hasMessage("post.kind: by-sea (must be plain or by-air)");
  }
}
