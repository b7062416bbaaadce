package dev.eddy.pipeline.cli.score;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.score.ClassTally;
import dev.eddy.model.score.Evaluation;
import dev.eddy.pipeline.cli.report.Chart;
import dev.eddy.pipeline.cli.report.Section;
import dev.eddy.pipeline.cli.report.StatePlot;
import dev.eddy.pipeline.cli.report.StatePlot.Point;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges classes, and gathers what their plots show. */
final class ClassJudge implements Judge {
  private static final int MOST_POINTS = 400; // as many as a plot shows well

  private final List<String> labels;
  private final ZoneId zone;
  private final ClassTally scores;
  private final ShownKeys<Gathered> keys;

  /** What is shown of a key, and how often it was answered wrongly. */
  private static final class Gathered {
    private final Deque<Point> points = new ArrayDeque<>();
    private long known;
    private long wrong;

    void add(Point point) {
      points.add(point);
      if (points.size() > MOST_POINTS) {
        points.remove();
      }
      if (point.truth() != null) {
        known++;
        wrong += point.truth().equals(point.answer()) ? 0 : 1;
      }
    }
  }

  /**
   * A judge.
   *
   * @param labels in the model's order
   * @param majority the commonest label of what is not scored
   * @param keys those that will be scored, for the choice of plots; none for no plots
   * @param zone of the times that plots show
   */
  ClassJudge(List<String> labels, String majority, Collection<String> keys, ZoneId zone) {
    this.labels = labels;
    this.zone = zone;
    this.scores = new ClassTally(labels, majority);
    this.keys = new ShownKeys<>(keys, Gathered::new);
  }

  @Override
  public void add(Observation observation, @Nullable Prediction prediction, boolean scored) {
    String key = observation.key();
    if (prediction == null || !scored) {
      scores.pass(key, observation.label());
      return;
    }
    double[] probabilities = prediction.values();
    scores.score(key, observation.label(), probabilities);
    if (keys.mayShow(key)) {
      String answer = labels.get(best(probabilities));
      keys.of(key).add(new Point(observation.time(), observation.label(), answer));
    }
  }

  /** The first of equals, as everywhere. */
  private static int best(double[] probabilities) {
    int best = 0;
    for (int index = 1; index < probabilities.length; index++) {
      best = probabilities[index] > probabilities[best] ? index : best;
    }
    return best;
  }

  @Override
  public void end(String key) {
    if (keys.mayShow(key)) {
      Gathered gathered = keys.of(key);
      keys.end(key, gathered.known == 0 ? Double.NaN : (double) gathered.wrong / gathered.known);
    }
  }

  @Override
  public Evaluation evaluation() {
    return Evaluation.of(scores);
  }

  @Override
  public List<Section> plots() {
    List<Chart> timelines = new ArrayList<>();
    keys.shown()
        .forEach(
            (key, gathered) -> {
              if (gathered.points.size() > 1) {
                timelines.add(timeline(keys.title(key), List.copyOf(gathered.points)));
              }
            });
    return timelines.isEmpty()
        ? List.of()
        : List.of(
            new Section(
                "True and answered over time",
                "The last observations of the keys with the most wrong answers, and of others for"
                    + " comparison; empty where the true label is unknown.",
                timelines));
  }

  private Chart timeline(String title, List<Point> points) {
    Set<String> all = new LinkedHashSet<>(labels);
    for (Point point : points) {
      if (point.truth() != null) {
        all.add(point.truth());
      }
    }
    return new StatePlot(title, zone, List.copyOf(all), points).chart();
  }
}
