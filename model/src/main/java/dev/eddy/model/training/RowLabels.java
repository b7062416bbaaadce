package dev.eddy.model.training;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.fit.ForecastTargets;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Part;
import dev.eddy.model.history.Parts;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import java.util.List;

/**
 * What each encoded row is to say: for a forecast the residual of each target at each horizon in
 * residual units, for classes the label's number. One column for each; NaN where it is unknown, so
 * a row may know one target and not another.
 */
final class RowLabels {
  private final InputEncoding encoding;
  private final Head head;
  private final Parts parts;

  RowLabels(InputEncoding encoding, Head head, Parts parts) {
    this.encoding = encoding;
    this.head = head;
    this.parts = parts;
  }

  /** Columns: targets * horizons, or 1. */
  int columns() {
    return head instanceof Head.Forecast forecast ? forecast.columns() : 1;
  }

  /** A key's labels, one after the other; the key's origins come in as its rows are encoded. */
  OfKey of(KeyHistory history) {
    return head instanceof Head.Forecast forecast
        ? new Forecasts(history, forecast)
        : new Classes(history, ((Head.Classes) head).labels());
  }

  /** The labels of one key. */
  interface OfKey {
    /**
     * The label of a row.
     *
     * @param origin [originSize] what the {@link InputEncoder} said of that row
     */
    float label(int row, int column, double[] origin);

    /** The part to which a known label belongs. */
    Part part(int row, int column);
  }

  private final class Forecasts implements OfKey {
    private final String key;
    private final ForecastTargets[] targets;
    private final int horizons;

    Forecasts(KeyHistory history, Head.Forecast forecast) {
      this.key = history.key();
      this.horizons = forecast.horizons().size();
      this.targets = new ForecastTargets[forecast.targets().size()];
      for (int target = 0; target < targets.length; target++) {
        targets[target] =
            new ForecastTargets(
                history, encoding.targetIndex(target), forecast.horizons(), encoding.interval());
      }
    }

    @Override
    public float label(int row, int column, double[] origin) {
      int target = column / horizons;
      int horizon = column % horizons;
      int at = target * (horizons + 1);
      return (float)
          ((targets[target].actual(row, horizon) - origin[at + horizon]) / origin[at + horizons]);
    }

    @Override
    public Part part(int row, int column) {
      return parts.of(key, targets[column / horizons].time(row, column % horizons));
    }
  }

  private final class Classes implements OfKey {
    private final KeyHistory history;
    private final List<String> labels;

    Classes(KeyHistory history, List<String> labels) {
      this.history = history;
      this.labels = labels;
    }

    @Override
    public float label(int row, int column, double[] origin) {
      String label = history.labels()[row];
      int number = label == null ? -1 : labels.indexOf(label);
      return number < 0 ? Float.NaN : number;
    }

    @Override
    public Part part(int row, int column) {
      return parts.of(history.key(), history.time(row));
    }
  }
}
