package dev.eddy.pipeline.evaluation.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.pipeline.evaluation.EvaluationSettings;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What open windows hold. */
class OpenWindowsTest {
  private final OpenWindows windows = new OpenWindows(EvaluationSettings.defaults());

  @Test
  void what_subtasks_have_summed_is_added_up_and_let_go() {
    windows.add(sums());
    WeakReference<Scored> second = new WeakReference<>(added());

    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(second.get()).isNull();
            });
    assertThat(windows.drain()).singleElement().extracting(WindowSums::answers).isEqualTo(2L);
  }

  private Scored added() {
    WindowSums sums = sums();
    windows.add(sums);
    return sums.of();
  }

  /** As if read from another subtask: a version of its own, equal to all others. */
  private static WindowSums sums() {
    PredictionShape shape =
        new PredictionShape.Forecast("test@1", List.of("load"), List.of(1), List.of(.5), 0);
    WindowSums sums = new WindowSums(0, new Scored(shape, false));
    sums.answered(5);
    return sums;
  }
}
