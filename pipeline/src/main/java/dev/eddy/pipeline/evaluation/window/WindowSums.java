package dev.eddy.pipeline.evaluation.window;

import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.event.PredictionShape.Classes;
import dev.eddy.connectors.event.PredictionShape.Forecast;
import dev.eddy.connectors.serde.EventTypeInformation;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What the scores of one version in one window come to. Added to while the window is open; nobody
 * holds it by then but who adds.
 */
public final class WindowSums {
  /** How they go from task to task, and lie in checkpoints. */
  public static final TypeInformation<WindowSums> TYPE =
      new EventTypeInformation<>(WindowSums.class, new WindowSumsSerializer());

  private final long window; // its start, epoch milliseconds
  private final Scored of;
  private final double[] sums; // by figure, for each target and horizon, or label
  private long answers; // predictions that were made in the window
  private long lastAnswer = Long.MIN_VALUE; // event time of the newest of them
  private long late; // scores of an earlier window

  /** Nothing yet. */
  public WindowSums(long window, Scored of) {
    this(window, of, new double[size(of.shape())]);
  }

  WindowSums(long window, Scored of, double[] sums) {
    this.window = window;
    this.of = of;
    this.sums = sums;
  }

  static int size(PredictionShape shape) {
    return shape instanceof Forecast forecast
        ? forecast.targets().size() * forecast.horizons().size() * ForecastFigure.SIZE
        : ClassFigure.OF_ALL + (((Classes) shape).labels().size() + 1) * ClassFigure.OF_LABEL;
  }

  public long window() {
    return window;
  }

  public Scored of() {
    return of;
  }

  public long answers() {
    return answers;
  }

  public long lastAnswer() {
    return lastAnswer;
  }

  public long late() {
    return late;
  }

  double[] sums() {
    return sums;
  }

  /** A prediction was made. */
  public void answered(long time) {
    answered(1, time);
  }

  void answered(long times, long time) {
    answers += times;
    lastAnswer = Math.max(lastAnswer, time);
  }

  /** Scores that belong to an earlier window are among these. */
  public void late(long scores) {
    late += scores;
  }

  /** The same, which further scores are not added to. */
  WindowSums copy() {
    WindowSums copy = new WindowSums(window, of);
    copy.add(this);
    return copy;
  }

  /** Adds another's, of the same version. */
  public void add(WindowSums other) {
    answered(other.answers, other.lastAnswer);
    late += other.late;
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
  }

  /** How many scores there are, of all targets and horizons. */
  public long count() {
    if (of.shape() instanceof Classes) {
      return (long) get(ClassFigure.COUNT);
    }
    double count = 0;
    for (int column = 0; column < columns(); column++) {
      count += get(column, ForecastFigure.COUNT);
    }
    return (long) count;
  }

  /** Targets times horizons. */
  public int columns() {
    return sums.length / ForecastFigure.SIZE;
  }

  /**
   * A sum of forecasts.
   *
   * @param column target times horizons plus horizon
   */
  public double get(int column, ForecastFigure figure) {
    return sums[column * ForecastFigure.SIZE + figure.place];
  }

  /** Adds to a sum of forecasts. */
  public void add(int column, ForecastFigure figure, double by) {
    sums[column * ForecastFigure.SIZE + figure.place] += by;
  }

  /** A sum of all classes. */
  public double get(ClassFigure figure) {
    return sums[figure.place];
  }

  /** Adds to a sum of all classes. */
  public void add(ClassFigure figure, double by) {
    sums[figure.place] += by;
  }

  /** A sum of one label; of all that the version does not know, behind its own. */
  public double get(int label, ClassFigure figure) {
    return sums[at(label, figure)];
  }

  /** Adds to a sum of one label. */
  public void add(int label, ClassFigure figure, double by) {
    sums[at(label, figure)] += by;
  }

  private static int at(int label, ClassFigure figure) {
    return ClassFigure.OF_ALL + label * ClassFigure.OF_LABEL + figure.place;
  }

  /** The labels that the version knows. */
  public List<String> labels() {
    return of.shape() instanceof Classes classes ? classes.labels() : List.of();
  }
}
