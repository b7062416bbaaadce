package dev.eddy.pipeline.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KNOWN = List.of("max-batch", "linger", "delivery", "engine");

  @Test
  void finds_the_name_that_a_misspelt_one_was_meant_to_be() {
    assertThat(Nearest.to("maxBatch", KNOWN)).contains("max-batch");
    assertThat(Nearest.to("lingre", KNOWN)).contains("linger");
  }

  @Test
  void finds_nothing_where_nothing_is_near() {
    assertThat(Nearest.to("colour", KNOWN)).isEmpty();
  }

  @Test
  void counts_edits() {
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
  }
}
