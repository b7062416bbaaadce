package dev.eddy.pipeline.shared;

import dev.eddy.connectors.event.FutureValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Makes the future of an observation from what shared records have told ahead. */
final class ToldAhead {
  private ToldAhead() {}

  /** One statement of what is to come. */
  private record Told(int feature, long at, long told, double value) {}

  /**
   * All that is known at a time of the times within reach, in the order in which it was told.
   *
   * @param ahead [shared] what was told of each feature
   */
  static FutureValues at(long time, Statements[] ahead, SharedFeatures features) {
    int[] places = features.places();
    List<Told> known = new ArrayList<>();
    for (int i = 0; i < ahead.length; i++) {
      Statements of = ahead[i];
      int index = of.after(time - features.intervalMillis());
      while (index < of.size() && of.at(index) <= time + features.reachMillis()) {
        long at = of.at(index);
        int last = of.newest(at, at - 1, time);
        if (last != Statements.NONE) {
          known.add(new Told(places[i], at, of.told(last), of.value(last)));
        }
        index = of.after(at);
      }
    }
    known.sort(Comparator.comparingLong(Told::told).thenComparingLong(Told::at));
    return known.isEmpty() ? FutureValues.NONE : values(known);
  }

  private static FutureValues values(List<Told> known) {
    int size = known.size();
    FutureValues values = new FutureValues(new long[size], new int[size], new double[size]);
    for (int i = 0; i < size; i++) {
      values.when()[i] = known.get(i).at;
      values.features()[i] = known.get(i).feature;
      values.values()[i] = known.get(i).value;
    }
    return values;
  }

  /** What an observation tells itself takes the place of what is shared. */
  static FutureValues together(FutureValues shared, FutureValues own) {
    if (own.size() == 0 || shared.size() == 0) {
      return own.size() == 0 ? shared : own;
    }
    int size = shared.size();
    FutureValues both =
        new FutureValues(
            Arrays.copyOf(shared.when(), size + own.size()),
            Arrays.copyOf(shared.features(), size + own.size()),
            Arrays.copyOf(shared.values(), size + own.size()));
    System.arraycopy(own.when(), 0, both.when(), size, own.size());
    System.arraycopy(own.features(), 0, both.features(), size, own.size());
    System.arraycopy(own.values(), 0, both.values(), size, own.size());
    return both;
  }
}
