package dev.eddy.model.score;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Tells whether one forecaster is better than another by more than noise: gathers the losses of
 * both on the same forecasts by key and by block of time, and draws keys and blocks anew
 * (<i>pigeonhole bootstrap</i>, Owen 2007: each drawn by itself, with replacement). Forecasts of a
 * block hang together, and so do those of a key; drawn one by one they would promise too much.
 *
 * <p>Keys come one after the other. Memory does not grow with them: beyond {@value #MOST_GROUPS}
 * they share places. Confined to one thread.
 */
public final class LossTable {
  private static final int MOST_GROUPS = 512;
  private static final int DRAWS = 2000;

  private final int columns;
  private final long block;
  private final Map<Integer, Map<Long, double[]>> ofKey = new TreeMap<>(); // [columns + 1] by block
  private final Map<Place, double[]> cells = new TreeMap<>(); // [columns]
  private long keys;
  private long count;

  /** Where losses are gathered; in an order, so that their sums have the same bits again. */
  private record Place(long group, long block) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byGroup = Long.compare(group, other.group);
      return byGroup != 0 ? byGroup : Long.compare(block, other.block);
    }
  }

  /**
   * A table.
   *
   * @param columns losses of each forecast: one of each forecaster
   * @param block milliseconds of event time whose forecasts hang together
   */
  public LossTable(int columns, long block) {
    this.columns = columns;
    this.block = Math.max(1, block);
  }

  /**
   * Adds a forecast of the present key.
   *
   * @param part of the key that has a unit of its own, as each of several targets has
   * @param time of its target
   * @param losses [columns] of each forecaster
   */
  public void add(int part, long time, double... losses) {
    double[] sums =
        ofKey
            .computeIfAbsent(part, unknown -> new TreeMap<>())
            .computeIfAbsent(Math.floorDiv(time, block), unknown -> new double[columns + 1]);
    for (int column = 0; column < columns; column++) {
      sums[column] += losses[column];
    }
    sums[columns]++;
  }

  /**
   * The present key is done.
   *
   * @param unit of a part's losses, from their means [columns]; what makes keys comparable; 0
   *     leaves the part out
   */
  public void endKey(ToDoubleFunction<double[]> unit) {
    long group = keys % MOST_GROUPS;
    long before = count;
    ofKey.values().forEach(part -> end(part, group, unit));
    keys += count > before ? 1 : 0;
    ofKey.clear();
  }

  private void end(Map<Long, double[]> part, long group, ToDoubleFunction<double[]> unit) {
    double[] means = new double[columns];
    double forecasts = part.values().stream().mapToDouble(each -> each[columns]).sum();
    for (double[] sums : part.values()) {
      for (int column = 0; column < columns; column++) {
        means[column] += sums[column] / forecasts;
      }
    }
    double divisor = unit.applyAsDouble(means);
    if (divisor > 0) {
      part.forEach((at, sums) -> merge(new Place(group, at), sums, divisor));
      count += (long) forecasts;
    }
  }

  private void merge(Place place, double[] sums, double divisor) {
    double[] cell = cells.computeIfAbsent(place, unknown -> new double[columns]);
    for (int column = 0; column < columns; column++) {
      cell[column] += sums[column] / divisor;
    }
  }

  /** Forecasts so far, of the keys that are done. */
  public long count() {
    return count;
  }

  /** Keys of which something was added. */
  public long keys() {
    return keys;
  }

  /** Blocks of time in which something lies. */
  public long blocks() {
    return distinct(Place::block).size();
  }

  private List<Long> distinct(ToLongFunction<Place> axis) {
    return cells.keySet().stream().mapToLong(axis).distinct().sorted().boxed().toList();
  }

  /** The sum of a column's losses, in units. */
  public double sum(int column) {
    return cells.values().stream().mapToDouble(cell -> cell[column]).sum();
  }

  /**
   * How much less one column's losses are than another's.
   *
   * @param over the other's name
   * @param seed of the draws
   */
  public Gain gain(int column, int other, String over, long seed) {
    List<Long> groups = distinct(Place::group);
    List<Long> blocks = distinct(Place::block);
    int[] ofGroup = cells.keySet().stream().mapToInt(at -> groups.indexOf(at.group())).toArray();
    int[] ofBlock = cells.keySet().stream().mapToInt(at -> blocks.indexOf(at.block())).toArray();
    double[] differences =
        cells.values().stream().mapToDouble(cell -> cell[column] - cell[other]).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    int better = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      int[] groupWeights = drawn(groups.size(), random);
      int[] blockWeights = drawn(blocks.size(), random);
      double sum =
          IntStream.range(0, differences.length)
              .mapToDouble(
                  at ->
                      (double) groupWeights[ofGroup[at]]
                          * blockWeights[ofBlock[at]]
                          * differences[at])
              .sum();
      better += sum < 0 ? 1 : 0;
    }
    return new Gain(over, 1 - sum(column) / sum(other), (double) better / DRAWS);
  }

  /** [size] how often each is drawn, in as many draws. */
  private static int[] drawn(int size, SplittableRandom random) {
    int[] times = new int[size];
    for (int draw = 0; draw < size; draw++) {
      times[random.nextInt(size)]++;
    }
    return times;
  }
}
