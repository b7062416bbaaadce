package dev.eddy.model.encoding;

import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.InputEncoding.NumericFeature;
import dev.eddy.model.spec.InputEncoding.Target;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes what is remembered of a key from one encoding to another, by the names of its features:
 * wherever both remember the same of one, it is kept. A feature's running mean is another thing
 * once it is taken of logarithms; a place of a ring once periods are counted otherwise. Immutable.
 */
final class MemoryMove {
  private static final int PER_NUMBER = 2; // statistics of a static number

  private final InputEncoding before;
  private final InputEncoding after;
  private final MemoryLayout from;
  private final MemoryLayout to;
  private final boolean samePeriods;

  MemoryMove(InputEncoding before, InputEncoding after) {
    this.before = before;
    this.after = after;
    this.from = MemoryLayout.of(before);
    this.to = MemoryLayout.of(after);
    this.samePeriods = before.interval().equals(after.interval());
  }

  /**
   * Moves.
   *
   * @param old laid out as by the encoding before; not changed
   * @param moved of the encoding after; what both remember is overwritten
   */
  void move(KeyMemory old, KeyMemory moved) {
    System.arraycopy(old.statistics(), 0, moved.statistics(), 0, MemoryLayout.COMMON);
    for (int feature = 0; feature < after.numeric().size(); feature++) {
      int was = indexOf(before.numeric(), after.numeric().get(feature).name());
      if (was >= 0) {
        moveFeature(was, feature, old, moved);
      }
    }
    for (int target = 0; target < after.targets().size(); target++) {
      int was = indexOfTarget(after.targets().get(target).name());
      if (was >= 0) {
        moveTarget(was, target, old, moved);
      }
    }
    moveStatics(old.statistics(), moved.statistics());
    if (samePeriods && before.future().isPresent() && after.future().isPresent()) {
      moveFuture(before.future().get(), after.future().get(), old, moved);
    }
  }

  private void moveFeature(int was, int is, KeyMemory old, KeyMemory moved) {
    moved.values()[is] = old.values()[was];
    if (before.numeric().get(was).log1p() != after.numeric().get(is).log1p()) {
      return;
    }
    double[] statistics = moved.statistics();
    System.arraycopy(
        old.statistics(), from.feature(was), statistics, to.feature(is), MemoryLayout.PER_FEATURE);
    List<Integer> spans = after.deviationSpans();
    for (int span = 0; span < spans.size(); span++) {
      int spanWas = before.deviationSpans().indexOf(spans.get(span));
      if (spanWas < 0) { // its count is no longer that of a beginning: it begins at what is known
        int at = to.deviations(is) + RunningDeviations.PER_SPAN * span;
        int known = from.feature(was);
        double[] knows = old.statistics();
        statistics[at] = knows[known + MemoryLayout.MEAN];
        statistics[at + 1] =
            knows[known + MemoryLayout.SQUARES] / Math.max(1, knows[known + MemoryLayout.COUNT]);
      } else {
        System.arraycopy(
            old.statistics(),
            from.deviations(was) + RunningDeviations.PER_SPAN * spanWas,
            statistics,
            to.deviations(is) + RunningDeviations.PER_SPAN * span,
            RunningDeviations.PER_SPAN);
      }
    }
  }

  private void moveTarget(int was, int is, KeyMemory old, KeyMemory moved) {
    List<Integer> seasonsWere = before.targets().get(was).seasons();
    List<Integer> seasons = after.targets().get(is).seasons();
    double[] statistics = moved.statistics();
    int copied = samePeriods ? 0 : MemoryLayout.TARGETS;
    System.arraycopy(
        old.statistics(),
        from.target(was) + copied,
        statistics,
        to.target(is) + copied,
        MemoryLayout.PER_TARGET - copied);
    if (!samePeriods || !seasonsWere.stream().findFirst().equals(seasons.stream().findFirst())) {
      // Differences are those to the shortest season.
      statistics[to.target(is) + MemoryLayout.DIFFERENCES] = 0;
      statistics[to.target(is) + MemoryLayout.DIFFERENCE] = 0;
    }
    if (samePeriods) {
      moved.values()[to.current(is)] = old.values()[from.current(was)];
      moved.values()[to.before(is)] = old.values()[from.before(was)];
      moveSeasons(was, is, old, moved);
    }
  }

  private void moveSeasons(int was, int is, KeyMemory old, KeyMemory moved) {
    List<Integer> seasons = after.targets().get(is).seasons();
    for (int season = 0; season < seasons.size(); season++) {
      int seasonWas = before.targets().get(was).seasons().indexOf(seasons.get(season));
      if (seasonWas >= 0) {
        System.arraycopy(
            old.values(),
            from.ring(was, seasonWas),
            moved.values(),
            to.ring(is, season),
            seasons.get(season));
      }
    }
  }

  private void moveStatics(double[] old, double[] moved) {
    List<NumericFeature> numbers = after.statics().numeric();
    for (int number = 0; number < numbers.size(); number++) {
      int was = indexOf(before.statics().numeric(), numbers.get(number).name());
      if (was >= 0) {
        System.arraycopy(
            old,
            from.statics() + PER_NUMBER * was,
            moved,
            to.statics() + PER_NUMBER * number,
            PER_NUMBER);
      }
    }
    List<InputEncoding.CategoricalFeature> categories = after.statics().categorical();
    List<String> categoriesBefore =
        before.statics().categorical().stream()
            .map(InputEncoding.CategoricalFeature::name)
            .toList();
    for (int category = 0; category < categories.size(); category++) {
      int was = categoriesBefore.indexOf(categories.get(category).name());
      if (was >= 0) {
        moved[to.statics() + PER_NUMBER * numbers.size() + category] =
            old[from.statics() + PER_NUMBER * before.statics().numeric().size() + was];
      }
    }
  }

  private void moveFuture(
      InputEncoding.Future futureBefore,
      InputEncoding.Future futureAfter,
      KeyMemory old,
      KeyMemory moved) {
    long now = period(old.statistics());
    int lengthBefore = futureBefore.reach() + 1;
    int length = futureAfter.reach() + 1;
    for (int feature = 0; feature < futureAfter.features().size(); feature++) {
      int was = futureBefore.features().indexOf(futureAfter.features().get(feature));
      for (long ahead = 0; was >= 0 && ahead < Math.min(lengthBefore, length); ahead++) {
        moved.values()[to.future(feature) + Math.floorMod(now + ahead, length)] =
            old.values()[from.future(was) + Math.floorMod(now + ahead, lengthBefore)];
      }
    }
  }

  /** Of the key's last observation. */
  private long period(double[] statistics) {
    long interval = after.interval().map(Duration::toMillis).orElse(0L);
    return interval > 0
        ? Periods.nearest(
            (long) statistics[MemoryLayout.LAST_TIME] - (long) statistics[MemoryLayout.FIRST_TIME],
            interval)
        : (long) statistics[MemoryLayout.OBSERVATIONS] - 1;
  }

  private int indexOfTarget(String name) {
    return before.targets().stream().map(Target::name).toList().indexOf(name);
  }

  private static int indexOf(List<NumericFeature> features, String name) {
    return IntStream.range(0, features.size())
        .filter(i -> features.get(i).name().equals(name))
        .findFirst()
        .orElse(-1);
  }
}
