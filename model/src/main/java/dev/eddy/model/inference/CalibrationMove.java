package dev.eddy.model.inference;

import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import java.util.List;

/**
 * Takes what calibration remembers of a key from one version to another, by the names of its
 * targets, its horizons and its quantiles: the levels of whatever both promise, and the pending
 * forecasts of a column that both follow alike.
 */
final class CalibrationMove {
  private final ModelSpec before;
  private final ModelSpec after;
  private final Head.Forecast headBefore;
  private final Head.Forecast head;
  private final CalibrationLayout from;
  private final CalibrationLayout to;

  /** Between two versions that both calibrate. */
  CalibrationMove(ModelSpec before, ModelSpec after) {
    this.before = before;
    this.after = after;
    this.headBefore = (Head.Forecast) before.head();
    this.head = (Head.Forecast) after.head();
    this.from = new CalibrationLayout(headBefore, before.input());
    this.to = new CalibrationLayout(head, after.input());
  }

  /** Whether a state is laid out as by the version before. */
  boolean fits(CalibrationState old) {
    return old.clocks().length == from.clocksSize() && old.values().length == from.valuesSize();
  }

  /**
   * Moves.
   *
   * @param old of the version before; not changed
   * @param moved a new key's; what both remember is overwritten
   */
  void move(CalibrationState old, CalibrationState moved) {
    boolean sameClocks = before.input().interval().equals(after.input().interval());
    boolean follows = sameClocks && headBefore.quantiles().equals(head.quantiles());
    moved.clocks()[0] = old.clocks()[0];
    for (int column = 0; column < head.columns(); column++) {
      int was = column(column);
      if (was >= 0) {
        moveLevels(was, column, old.values(), moved.values());
        if (follows
            && from.capacity(was) == to.capacity(column)
            && from.distance(was) == to.distance(column)) {
          movePending(was, column, old, moved);
        }
      }
    }
  }

  /** The column before of the same target and horizon; -1 for none. */
  private int column(int column) {
    int horizons = head.horizons().size();
    String target = after.input().targets().get(column / horizons).name();
    List<String> targetsBefore =
        before.input().targets().stream().map(InputEncoding.Target::name).toList();
    int targetWas = targetsBefore.indexOf(target);
    int horizonWas = headBefore.horizons().indexOf(head.horizons().get(column % horizons));
    return targetWas < 0 || horizonWas < 0
        ? -1
        : targetWas * headBefore.horizons().size() + horizonWas;
  }

  private void moveLevels(int was, int column, double[] old, double[] moved) {
    int median = head.quantiles().indexOf(0.5);
    int medianWas = headBefore.quantiles().indexOf(0.5);
    for (int pair = 0; pair < to.pairs(); pair++) {
      int pairWas = medianWas - 1 - headBefore.quantiles().indexOf(quantile(median - 1 - pair));
      boolean known =
          pairWas >= 0
              && pairWas < from.pairs()
              && headBefore
                  .quantiles()
                  .get(medianWas + 1 + pairWas)
                  .equals(quantile(median + 1 + pair));
      if (known) {
        moved[column * to.pairs() + pair] = old[was * from.pairs() + pairWas];
      }
    }
  }

  private Double quantile(int index) {
    return head.quantiles().get(index);
  }

  private void movePending(int was, int column, CalibrationState old, CalibrationState moved) {
    int clocks = 2 + to.capacity(column);
    System.arraycopy(old.clocks(), from.oldest(was), moved.clocks(), to.oldest(column), clocks);
    System.arraycopy(
        old.values(),
        from.bounds(was, 0),
        moved.values(),
        to.bounds(column, 0),
        to.capacity(column) * 2 * to.pairs());
  }
}
