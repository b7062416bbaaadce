package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.model.spec.CellType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version that forecasts two fields of an observation. */
class SeveralTargetsTest {
  private static final List<String> BOTH = List.of("load", "wind");

  @TempDir Path store;

  @Test
  void says_the_quantiles_of_both_and_names_them() throws Exception {
    Prediction prediction = predictions(false).get(0);

    PredictionShape.Forecast shape = (PredictionShape.Forecast) prediction.shape();
    assertThat(shape.targets()).isEqualTo(BOTH);
    assertThat(prediction.values()).hasSize(2 * 2 * 3);
    for (int column = 0; column < 4; column++) {
      double[] values = prediction.values();
      assertThat(values[3 * column]).isLessThanOrEqualTo(values[3 * column + 1]);
      assertThat(values[3 * column + 1]).isLessThanOrEqualTo(values[3 * column + 2]);
    }
  }

  @Test
  void forecasts_both_where_one_was_not_observed() throws Exception {
    List<Prediction> predictions = predictions(true);

    assertThat(predictions).hasSize(20);
    for (Prediction prediction : predictions) {
      for (double value : prediction.values()) {
        assertThat(value).isFinite();
      }
    }
  }

  private List<Prediction> predictions(boolean withoutWind) throws Exception {
    TestModels models = new TestModels(store);
    var model = models.publish(TestModels.spec(CellType.SRU, 2, 8, BOTH, BOTH), 1);
    try (PredictHarness harness = PredictHarness.started(models.announce(model))) {
      for (int time = 0; time < 20; time++) {
        Observation observation = TestModels.observation("key " + time % 3, time, time);
        if (withoutWind && time % 2 == 0) {
          observation.numeric()[1] = Double.NaN;
        }
        harness.observe(observation);
      }
      harness.endInput(1);
      return harness.predictions();
    }
  }
}
