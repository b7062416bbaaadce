package dev.eddy.pipeline.evaluation.pending;

import dev.eddy.connectors.event.PredictionShape.Forecast;
import dev.eddy.pipeline.evaluation.window.ClassFigure;
import dev.eddy.pipeline.evaluation.window.ForecastFigure;
import dev.eddy.pipeline.evaluation.window.Scored;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;

/**
 * Shows what the subtask has scored, in the operator's metric group under {@code eddy}: of each
 * version that the last closed windows held, what it came to there, by target and horizon. A
 * version that they no longer hold is shown no more.
 */
final class EvaluateMetrics {
  private final MetricGroup group;
  private final Counter scored;
  private final Counter late;
  private final Counter notFollowed;
  private final Map<Scored, Shown> shown = new HashMap<>();

  /** What is shown of a version. */
  private static final class Shown {
    final MetricGroup group;
    volatile WindowSums newest; // read by metric reporters

    Shown(MetricGroup group, WindowSums newest) {
      this.group = group;
      this.newest = newest;
    }
  }

  EvaluateMetrics(MetricGroup operator) {
    group = operator.addGroup("eddy");
    scored = group.counter("scores");
    late = group.counter("late-scores");
    notFollowed = group.counter("forecasts-not-followed");
  }

  void scored(int scores) {
    scored.inc(scores);
  }

  void late(int scores) {
    late.inc(scores);
  }

  void notFollowed() {
    notFollowed.inc();
  }

  /** Windows were closed, in their order. */
  void closed(List<WindowSums> closed) {
    if (closed.isEmpty()) {
      return;
    }
    Set<Scored> gone = new HashSet<>(shown.keySet());
    for (WindowSums sums : closed) {
      gone.remove(sums.of());
      Shown known = shown.get(sums.of());
      if (known == null) {
        show(sums);
      } else {
        known.newest = sums;
      }
    }
    gone.forEach(this::release);
  }

  private void release(Scored of) {
    Shown released = shown.remove(of);
    if (released != null && released.group instanceof AbstractMetricGroup<?> closeable) {
      closeable.close();
    }
  }

  private void show(WindowSums sums) {
    String model = sums.of().shape().model();
    String version = model.substring(model.lastIndexOf('@') + 1);
    MetricGroup ofVersion = group.addGroup(sums.of().shadow() ? "shadow" : "version", version);
    Shown added = new Shown(ofVersion, sums);
    shown.put(sums.of(), added);
    if (sums.of().shape() instanceof Forecast forecast) {
      showForecasts(added, forecast);
    } else {
      gauge(added, ofVersion, "accuracy", ClassFigure.RIGHT);
      gauge(added, ofVersion, "previous-label-accuracy", ClassFigure.PREVIOUS_RIGHT);
      gauge(added, ofVersion, "log-loss", ClassFigure.LOG_LOSS);
    }
  }

  private static void showForecasts(Shown shown, Forecast forecast) {
    int horizons = forecast.horizons().size();
    for (int column = 0; column < forecast.targets().size() * horizons; column++) {
      String horizon = Integer.toString(forecast.horizons().get(column % horizons));
      MetricGroup group =
          shown
              .group
              .addGroup("target", forecast.targets().get(column / horizons))
              .addGroup("horizon", horizon);
      gauge(shown, group, "mae", column, ForecastFigure.ABSOLUTE);
      gauge(shown, group, "persistence-mae", column, ForecastFigure.PERSISTENCE_ABSOLUTE);
      gauge(shown, group, "pinball", column, ForecastFigure.PINBALL);
      gauge(shown, group, "coverage", column, ForecastFigure.COVERED);
    }
  }

  private static void gauge(
      Shown shown, MetricGroup group, String name, int column, ForecastFigure figure) {
    group.gauge(
        name,
        () -> shown.newest.get(column, figure) / shown.newest.get(column, ForecastFigure.COUNT));
  }

  private static void gauge(Shown shown, MetricGroup group, String name, ClassFigure figure) {
    group.gauge(name, () -> shown.newest.get(figure) / shown.newest.get(ClassFigure.COUNT));
  }
}
