package dev.eddy.pipeline.waiting;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.connectors.serde.bytes.KafkaKeys;
import dev.eddy.connectors.serde.json.ObservationJsonWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, in the state of an operator in which events wait, by which names they were stored, and
 * brings each to the names of today. Broadcast state: the same in every subtask, at any
 * parallelism. Thread confined.
 */
public final class StoredNames {
  /** The number of events that an older Eddy stored, which named them not. */
  public static final int UNNAMED = 0;

  /** Where events go that cannot be brought to the names of today. */
  public static final OutputTag<DeadLetter> LOST =
      new OutputTag<>("of-changed-features", EventTypes.DEAD_LETTER);

  private final ObservationSchema schema;
  private final String topic;
  private final MetricGroup metrics;
  private final EventNames names; // of today
  private final int number; // theirs
  private final Map<Integer, EventNames> known = new TreeMap<>();
  private final Map<Integer, NameMapping> mappings = new HashMap<>();
  private final Map<String, Counter> letters = new HashMap<>();

  /**
   * Reads what an operator's state holds, and adds the names of today.
   *
   * @param schema of the events of today
   * @param topic that they come from, for dead letters
   * @param metrics the operator's group {@code eddy}
   */
  public StoredNames(
      OperatorStateStore store, ObservationSchema schema, String topic, MetricGroup metrics)
      throws Exception {
    this.schema = schema;
    this.topic = topic;
    this.metrics = metrics;
    names = EventNames.of(schema);
    BroadcastState<Integer, String> stored =
        store.getBroadcastState(
            new MapStateDescriptor<>(
                "event-names", BasicTypeInfo.INT_TYPE_INFO, BasicTypeInfo.STRING_TYPE_INFO));
    for (Map.Entry<Integer, String> each : stored.immutableEntries()) {
      known.put(each.getKey(), EventNames.fromJson(each.getValue()));
    }
    number =
        known.entrySet().stream()
            .filter(each -> each.getValue().equals(names))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(known.size() + 1);
    known.put(number, names);
    stored.put(number, names.toJson());
  }

  /** The number that an event is stored with today. */
  public int number() {
    return number;
  }

  /** A stored event with its values in the places of today; else the dead letter that it is. */
  public Decoded today(int stored, KeyedEvent event) throws IOException {
    if (stored == number) {
      return event;
    }
    return stored == UNNAMED ? ofOlder(event) : mapped(stored, event);
  }

  /** There is no telling whether features of as many places are the same ones. */
  private Decoded ofOlder(KeyedEvent event) {
    int numeric = names.numeric().size();
    int categorical = names.categorical().size();
    boolean fits =
        !(event instanceof Observation observation)
            || (observation.numeric().length == numeric
                && observation.categories().length == categorical);
    for (int feature : event.future().features()) {
      fits &= feature < numeric;
    }
    return fits
        ? event
        : letter(
            Reasons.CHANGED_FEATURES,
            "features: stored before their names were (must be "
                + numeric
                + " numeric and "
                + categorical
                + " categorical ones, as the deployment has)",
            event,
            null);
  }

  private Decoded mapped(int stored, KeyedEvent event) throws IOException {
    EventNames from = known.get(stored);
    if (from == null) {
      throw new IOException(
          "names " + stored + " of a stored event (must be one of " + known.keySet() + ")");
    }
    NameMapping mapping = mappings.computeIfAbsent(stored, each -> new NameMapping(from, names));
    if (mapping.leavesNothing(event)) {
      return letter(
          Reasons.NO_FEATURES,
          "features: it waited with other ones (must be some of "
              + names.numeric()
              + " and "
              + names.categorical()
              + ")",
          event,
          from);
    }
    if (!mapping.tellsAlike(event)) {
      return letter(
          Reasons.CHANGED_FEATURES,
          "future: it waited, told "
              + how(from)
              + " (must be told "
              + how(names)
              + ", since input.interval has changed)",
          event,
          from);
    }
    return mapping.map(event);
  }

  private static String how(EventNames names) {
    return names.byTime() ? "for times" : "for places ahead";
  }

  private DeadLetter letter(
      String reason, String detail, KeyedEvent event, @Nullable EventNames from) {
    letters
        .computeIfAbsent(reason, word -> metrics.addGroup("reason", word).counter("dead-letters"))
        .inc();
    return new DeadLetter(
        reason,
        detail + (from == null ? "" : "; value encoded anew"),
        topic,
        event.partition(),
        event.offset(),
        KafkaKeys.encodeAny(schema.layout().keyCoding(), event.key()),
        from == null ? null : new ObservationJsonWriter(from.schema()).write(event));
  }
}
