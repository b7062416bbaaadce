package dev.eddy.pipeline.shared;

import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Joins what shared records have told to observations, by event time: an observation sees, of each
 * shared feature, the newest value told for its time or before, and what was told by then of the
 * times to come. What it says itself goes first. The result depends on the shared records and the
 * observation alone, not on the order in which either came. Thread confined.
 */
public final class SharedValues {
  private static final int LAYOUT = 1;
  private static final int OFFSET_BITS = 44; // of a place on a topic; above it the partition

  private final SharedFeatures features;
  private final int[] places; // [shared] among an observation's numeric features
  private final Statements[] held; // [shared] from their time on
  private final Statements[] ahead; // [shared] told ahead of their time
  private final long[] newest; // [shared] time of the newest record that tells of it
  private final long maxAge;
  private final Map<Integer, Long> read = new HashMap<>(); // next offset, by partition

  // What the last observation saw: many keys come at one time.
  private long seenTime = Long.MIN_VALUE;
  private final double[] seen; // [shared]
  private FutureValues seenAhead = FutureValues.NONE;

  /** Knows nothing yet. */
  public SharedValues(SharedFeatures features) {
    this.features = features;
    int size = features.names().size();
    places = features.places();
    held = statements(size);
    ahead = statements(size);
    newest = new long[size];
    Arrays.fill(newest, Long.MIN_VALUE);
    seen = new double[size];
    long most = features.maxAge().toMillis();
    maxAge = most == 0 ? Long.MAX_VALUE : most;
  }

  private static Statements[] statements(int size) {
    return IntStream.range(0, size).mapToObj(i -> new Statements()).toArray(Statements[]::new);
  }

  /** Takes in a shared record, unless it is known; says whether it was new. */
  public boolean add(KeyedEvent event) {
    if (event.offset() < read.getOrDefault(event.partition(), 0L)) {
      return false;
    }
    read.put(event.partition(), event.offset() + 1);
    long place = ((long) event.partition() << OFFSET_BITS) | event.offset();
    if (event instanceof Observation observation) {
      for (int i = 0; i < held.length; i++) {
        double value = observation.numeric()[i];
        if (!Double.isNaN(value)) {
          held[i].add(event.time(), event.time(), place, value);
          newest[i] = Math.max(newest[i], event.time());
        }
      }
    }
    FutureValues future = event.future();
    for (int i = 0; i < future.size(); i++) {
      int feature = future.features()[i];
      ahead[feature].add(future.when()[i], event.time(), place, future.values()[i]);
      newest[feature] = Math.max(newest[feature], event.time());
    }
    seenTime = Long.MIN_VALUE;
    return true;
  }

  /** Next offset by partition, of those that are known. */
  public Map<Integer, Long> read() {
    return Map.copyOf(read);
  }

  /** Takes records of a partition for new that was read further before, of a topic made anew. */
  public void readAnew(int partition) {
    read.remove(partition);
  }

  /** Up to which time every shared feature was told; of later ones more may come. */
  public long settled() {
    return Arrays.stream(newest).min().orElse(Long.MAX_VALUE);
  }

  /** How many values are known. */
  public long size() {
    long size = 0;
    for (int i = 0; i < held.length; i++) {
      size += held[i].size() + ahead[i].size();
    }
    return size;
  }

  /** The observation with what it sees. */
  public Observation join(Observation observation) {
    look(observation.time());
    var numeric = observation.numeric().clone();
    for (int i = 0; i < places.length; i++) {
      if (Double.isNaN(numeric[places[i]])) {
        numeric[places[i]] = seen[i];
      }
    }
    return new Observation(
        observation.key(),
        observation.time(),
        numeric,
        observation.categories(),
        observation.label(),
        together(seenAhead, observation.future()),
        observation.partition(),
        observation.offset(),
        observation.recordTime());
  }

  /** Whether an observation lacks a shared feature that nothing is known of at its time. */
  public boolean lacks(Observation joined) {
    for (int place : places) {
      if (Double.isNaN(joined.numeric()[place])) {
        return true;
      }
    }
    return false;
  }

  private void look(long time) {
    if (time == seenTime) {
      return;
    }
    for (int i = 0; i < held.length; i++) {
      seen[i] = valueAt(i, time);
    }
    seenAhead = toldAt(time);
    seenTime = time;
  }

  /** What holds, or what was told of this very time since. */
  private double valueAt(int feature, long time) {
    int holds = held[feature].newest(time, Long.MIN_VALUE, time);
    long since = holds == Statements.NONE ? Long.MIN_VALUE : held[feature].at(holds);
    if (ahead[feature].size() > 0) {
      long begin = Math.max(since, time - features.intervalMillis());
      int told = ahead[feature].newest(time, begin, time);
      if (told != Statements.NONE && !Double.isNaN(ahead[feature].value(told))) {
        return ahead[feature].value(told);
      }
    }
    boolean valid = holds != Statements.NONE && time - since <= maxAge;
    return valid ? held[feature].value(holds) : Double.NaN;
  }

  /** One statement of what is to come. */
  private record Told(int feature, long at, long told, double value) {}

  /** All that is known of the times within reach, in the order in which it was told. */
  private FutureValues toldAt(long time) {
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
    FutureValues values =
        new FutureValues(new long[known.size()], new int[known.size()], new double[known.size()]);
    for (int i = 0; i < known.size(); i++) {
      values.when()[i] = known.get(i).at;
      values.features()[i] = known.get(i).feature;
      values.values()[i] = known.get(i).value;
    }
    return known.isEmpty() ? FutureValues.NONE : values;
  }

  /** What the observation tells itself takes the place of what is shared. */
  private static FutureValues together(FutureValues shared, FutureValues own) {
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

  /** Forgets what no observation needs that is at this time, or newer. */
  public void forgetBefore(long time) {
    for (int i = 0; i < held.length; i++) {
      held[i].forget(time);
      ahead[i].forget(time - features.intervalMillis());
    }
    seenTime = Long.MIN_VALUE;
  }

  /** All that is known, for a checkpoint. */
  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream target = new DataOutputStream(bytes)) {
      target.writeInt(LAYOUT);
      target.writeInt(read.size());
      for (Map.Entry<Integer, Long> each : read.entrySet()) {
        target.writeInt(each.getKey());
        target.writeLong(each.getValue());
      }
      target.writeInt(held.length);
      for (int i = 0; i < held.length; i++) {
        target.writeUTF(features.names().get(i));
        target.writeLong(newest[i]);
        held[i].write(target);
        ahead[i].write(target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Takes in what a checkpoint holds. Where it lacks a feature the topic is read from its beginning
   * again, for that one's sake.
   */
  void restore(byte[] bytes) throws IOException {
    DataInputStream source = new DataInputStream(new ByteArrayInputStream(bytes));
    int layout = source.readInt();
    if (layout != LAYOUT) {
      throw new IOException("shared values: layout " + layout + " (must be " + LAYOUT + ")");
    }
    for (int count = source.readInt(); count > 0; count--) {
      read.put(source.readInt(), source.readLong());
    }
    int known = 0;
    for (int count = source.readInt(); count > 0; count--) {
      int feature = features.names().indexOf(source.readUTF());
      long time = source.readLong();
      Statements before = Statements.read(source);
      Statements told = Statements.read(source);
      if (feature >= 0) {
        newest[feature] = time;
        held[feature] = before;
        ahead[feature] = told;
        known++;
      }
    }
    if (known < held.length) {
      read.clear();
    }
  }
}
