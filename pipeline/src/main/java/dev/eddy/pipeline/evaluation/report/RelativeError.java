package dev.eddy.pipeline.evaluation.report;

import dev.eddy.connectors.event.PredictionShape.Forecast;
import dev.eddy.pipeline.evaluation.window.ClassFigure;
import dev.eddy.pipeline.evaluation.window.ForecastFigure;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import java.util.BitSet;
import java.util.OptionalDouble;

/**
 * Says how large the error of a version was in a window beside what anyone could have said: so a
 * stretch that is hard for all is no drift. As a logarithm, in which a doubling is as far up as a
 * halving is down.
 */
final class RelativeError {
  private static final double BLUR = 0.05; // nats, where a window's labels are nearly all alike

  private RelativeError() {}

  /** Empty where there is nothing to compare. */
  static OptionalDouble of(WindowSums sums) {
    return sums.of().shape() instanceof Forecast ? ofForecasts(sums) : ofClasses(sums);
  }

  /** The pinball loss over persistence's absolute error, in the mean of targets and horizons. */
  private static OptionalDouble ofForecasts(WindowSums sums) {
    double total = 0;
    int compared = 0;
    for (int column = 0; column < sums.columns(); column++) {
      if (isCompared(sums, column)) {
        total +=
            StrictMath.log(
                sums.get(column, ForecastFigure.PINBALL)
                    / sums.get(column, ForecastFigure.PERSISTENCE_ABSOLUTE));
        compared++;
      }
    }
    return compared == 0 ? OptionalDouble.empty() : OptionalDouble.of(total / compared);
  }

  private static boolean isCompared(WindowSums sums, int column) {
    return sums.get(column, ForecastFigure.PINBALL) > 0
        && sums.get(column, ForecastFigure.PERSISTENCE_ABSOLUTE) > 0;
  }

  /** The targets and horizons of which the error is the mean; of classes none. */
  static BitSet columns(WindowSums sums) {
    BitSet columns = new BitSet();
    if (sums.of().shape() instanceof Forecast) {
      for (int column = 0; column < sums.columns(); column++) {
        columns.set(column, isCompared(sums, column));
      }
    }
    return columns;
  }

  /** The log loss over that of the window's own frequencies, which nobody knew beforehand. */
  private static OptionalDouble ofClasses(WindowSums sums) {
    double count = sums.get(ClassFigure.COUNT);
    if (count == 0) {
      return OptionalDouble.empty();
    }
    double entropy = 0;
    for (int label = 0; label <= sums.labels().size(); label++) {
      double share = sums.get(label, ClassFigure.OCCURRED) / count;
      entropy -= share == 0 ? 0 : share * StrictMath.log(share);
    }
    double own = sums.get(ClassFigure.LOG_LOSS) / count;
    return OptionalDouble.of(StrictMath.log((own + BLUR) / (entropy + BLUR)));
  }
}
