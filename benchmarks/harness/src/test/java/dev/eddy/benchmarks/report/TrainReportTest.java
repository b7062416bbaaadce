package dev.eddy.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainReportTest {

  @Test
  void goals_compare_with_the_peers_lstm_of_the_same_size() {
    TrainReport report =
        new TrainReport(
            List.of(
                new TrainResult("sru", 64, "eddy", 1000, 64_000),
                new TrainResult("lstm", 64, "eddy", 500, 32_000),
                new TrainResult("lstm", 64, "dl4j", 100, 6_400),
                new TrainResult("lstm", 64, "libtorch", 800, 51_200)),
            Map.of(),
            List.of());

    assertThat(report.targets())
        .extracting(Target::reached)
        .containsExactly(10.0, Double.NaN, 1.25, 5.0, Double.NaN);
    assertThat(report.targets().get(2).verdict()).isEqualTo("missed by 17 % on 1 of 3 points");
  }
}
