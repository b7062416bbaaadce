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
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins what shared records have told to observations, by event time: an observation sees, of each
 * shared feature, the newest value told for its time or before, and what was told by then of the
 * times to come. What it says itself goes first. The result depends on the shared records and the
 * observation alone, not on the order in which either came. Thread confined.
 */
public final class SharedValues {
  private static final Logger LOG = LoggerFactory.getLogger(SharedValues.class);
  private static final int LAYOUT = 2; // 1 has neither the topic's id nor what has gone on

  private final SharedFeatures features;
  private final int[] places; // [shared] among an observation's numeric features
  private final Statements[] held; // [shared] from their time on
  private final Statements[] ahead; // [shared] told ahead of their time
  private final long[] newest; // [shared] time of the newest record that tells of it
  private final long maxAge;
  private final SharedPlaces topic = new SharedPlaces();
  private long newestGone = Long.MIN_VALUE; // time of the newest observation that was joined
  private long late; // records that came after it and changed something
  private long timesAnew; // that the topic, or a partition of it, was found to be another

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
    if (!topic.take(event.partition(), event.offset())) {
      return false;
    }
    boolean changes = false;
    long place = SharedPlaces.place(event.partition(), event.offset());
    if (event instanceof Observation observation) {
      for (int i = 0; i < held.length; i++) {
        double value = observation.numeric()[i];
        if (!Double.isNaN(value)) {
          changes |= held[i].add(event.time(), event.time(), place, value);
          newest[i] = Math.max(newest[i], event.time());
        }
      }
    }
    FutureValues future = event.future();
    for (int i = 0; i < future.size(); i++) {
      int feature = future.features()[i];
      changes |= ahead[feature].add(future.when()[i], event.time(), place, future.values()[i]);
      newest[feature] = Math.max(newest[feature], event.time());
    }
    if (changes && event.time() <= newestGone) {
      late++;
    }
    seenTime = Long.MIN_VALUE;
    return true;
  }

  /**
   * Takes in a record that the topic's source delivers, which reads each partition forwards: where
   * it begins again, the topic was made anew.
   */
  boolean deliver(KeyedEvent event) {
    if (topic.hasBegunAgain(event.partition(), event.offset())) {
      readAnew(Set.of(event.partition()));
    }
    return add(event);
  }

  /** Tells which topic is read from now on, by its id; where it is another, all of it is new. */
  public void reads(String id) {
    if (topic.isOther(id)) {
      readAnew(topic.read().keySet());
    }
  }

  /** Takes records of partitions for new that were read further before, of a topic made anew. */
  public void readAnew(Set<Integer> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    LOG.warn(
        "input.shared.topic: {}: partitions {} were made anew, and are read from their beginning",
        features.topic(),
        partitions);
    timesAnew++;
    for (int partition : partitions) {
      topic.forget(partition);
      for (int i = 0; i < held.length; i++) {
        held[i].beforeAll(partition);
        ahead[i].beforeAll(partition);
      }
    }
  }

  /** Next offset by partition, of those that are known. */
  public Map<Integer, Long> read() {
    return topic.read();
  }

  /** How many records told something of a time up to which observations had gone on. */
  long late() {
    return late;
  }

  /** How many times the topic was found to be made anew. */
  long timesAnew() {
    return timesAnew;
  }

  /** The time of the newest observation that was joined. */
  long newestGone() {
    return newestGone;
  }

  /** Observations up to a time were joined elsewhere. */
  void gone(long time) {
    newestGone = Math.max(newestGone, time);
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
    gone(observation.time());
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
        ToldAhead.together(seenAhead, observation.future()),
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
    seenAhead = ToldAhead.at(time, ahead, features);
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
      target.writeLong(newestGone);
      topic.write(target);
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
    if (layout < 1 || layout > LAYOUT) {
      throw new IOException(
          "shared values: layout " + layout + " (this build reads 1 to " + LAYOUT + ")");
    }
    boolean first = layout == 1;
    gone(first ? Long.MIN_VALUE : source.readLong());
    topic.restore(source, first);
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
      topic.clear();
    }
  }
}
