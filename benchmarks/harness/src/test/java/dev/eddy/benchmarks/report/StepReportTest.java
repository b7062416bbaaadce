package dev.eddy.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepReportTest {
  private static final StepReport REPORT =
      new StepReport(
          200,
          List.of(
              new StepResult("lstm", 64, 1, "simd", 100, 50),
              new StepResult("lstm", 64, 1, "onnxruntime", 800, 6),
              new StepResult("lstm", 256, 64, "simd", 1000, 160),
              new StepResult("lstm", 256, 64, "onnxruntime", 500, 320)),
          List.of(new WavesResult(64, 100, 180)),
          Map.of("simd", "", "onnxruntime", ""),
          List.of());

  @Test
  void the_geometric_mean_is_over_the_ratios_of_peer_to_simd() {
    assertThat(target("ONNX Runtime: geometric mean").reached())
        .isCloseTo(2, within(1e-9)); // of 8 and 1/2
    assertThat(target("ONNX Runtime: geometric mean").verdict()).isEqualTo("met on 2 of 50 points");
    assertThat(target("ONNX Runtime: geometric mean").met()).isFalse();
  }

  @Test
  void a_minimum_names_the_worst_place_and_by_how_much_it_is_missed() {
    Target worst = target("ONNX Runtime: everywhere");

    assertThat(worst.reached()).isEqualTo(0.5);
    assertThat(worst.verdict()).isEqualTo("missed by 47 % on 2 of 50 points");
    assertThat(worst.detail()).isEqualTo("lowest at lstm hidden 256 batch 64; 1 of 2 below");
  }

  @Test
  void the_share_of_the_peak_is_judged_for_large_batches_of_wide_layers_only() {
    assertThat(target("share of the peak").reached()).isEqualTo(0.8);
  }

  @Test
  void waves_together_are_compared_with_waves_apart() {
    assertThat(target("SRU, 64 keys").reached()).isEqualTo(1.8);
  }

  @Test
  void a_goal_is_met_only_where_all_of_it_was_measured() {
    List<Target.Ratio> ratios = List.of(new Target.Ratio("here", 2), new Target.Ratio("there", 3));

    assertThat(Target.minimum("", 1.5, 2, ratios).verdict()).isEqualTo("met");
    assertThat(Target.minimum("", 1.5, 3, ratios).verdict()).isEqualTo("met on 2 of 3 points");
    assertThat(Target.minimum("", 1.5, 3, ratios).met()).isFalse();
  }

  @Test
  void what_was_not_measured_is_neither_met_nor_missed() {
    assertThat(target("libtorch: geometric mean").verdict()).isEqualTo("not measured");
    assertThat(target("libtorch: geometric mean").met()).isFalse();
  }

  @Test
  void the_grid_shows_a_dash_for_an_engine_that_lacks_the_cell() {
    StepReport report =
        new StepReport(
            100,
            List.of(new StepResult("sru", 32, 16, "simd", 50, 25)),
            List.of(),
            Map.of("onnxruntime", ""),
            List.of());

    assertThat(report.grid().rows()).containsExactly(List.of("sru", "32", "16", "-", "-", "-"));
  }

  @Test
  void json_holds_the_peak_and_one_object_a_figure() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode json = mapper.readTree(mapper.writeValueAsString(REPORT.json()));

    assertThat(json.get("peakGflops").asDouble()).isEqualTo(200);
    assertThat(json.get("results")).hasSize(4);
    assertThat(mapper.writeValueAsString(json.get("results").get(0)))
        .isEqualTo(
            "{\"cell\":\"lstm\",\"hidden\":64,\"batch\":1,\"engine\":\"simd\","
                + "\"nsPerStep\":100.0,\"gflops\":50.0}");
    assertThat(json.get("waves").get(0).get("ratio").asDouble()).isEqualTo(1.8);
    assertThat(json.get("targets").get(1).get("met").asBoolean()).isFalse();
    assertThat(json.get("targets").get(3).has("reached")).isFalse();
  }

  private static Target target(String part) {
    return REPORT.targets().stream()
        .filter(target -> target.what().contains(part))
        .findFirst()
        .orElseThrow();
  }
}
