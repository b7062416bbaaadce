package dev.eddy.pipeline.evaluation.pending;

import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.event.PredictionShape.Classes;
import dev.eddy.pipeline.evaluation.Answer;
import dev.eddy.pipeline.evaluation.window.ShapeCodec;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Knows the versions whose forecasts keys may wait with, by their numbers: the newest {@value
 * #MOST}. What keys hold of older ones is given up.
 */
final class KnownVersions {
  private static final int MOST = 256;

  private final List<String> targets;
  private final ShapeCodec codec = new ShapeCodec();
  private final Map<Long, Version> byNumber =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Version> eldest) {
          return size() > MOST;
        }
      };
  private Version serving = Version.of(new Classes("", List.of()), List.of()); // that was last
  private Version shadowing = serving;

  /** Versions of a deployment that predicts {@code targets}. */
  KnownVersions(List<String> targets) {
    this.targets = List.copyOf(targets);
  }

  /** The version of an answer; those that serve come in runs of one, and so do shadows. */
  Version of(Answer answer) {
    PredictionShape shape = answer.prediction().shape();
    Version last = answer.shadow() ? shadowing : serving;
    if (last.shape().equals(shape)) {
      return last;
    }
    Version found = add(shape);
    if (answer.shadow()) {
      shadowing = found;
    } else {
      serving = found;
    }
    return found;
  }

  private Version add(PredictionShape shape) {
    Version found = Version.of(shape, targets);
    Version known = byNumber.putIfAbsent(found.number(), found);
    return known == null ? found : known;
  }

  @Nullable Version get(long number) {
    return byNumber.get(number);
  }

  /** Whether it is one of them; those that are asked for stay longest. */
  boolean knows(long number) {
    return byNumber.get(number) != null;
  }

  /** Makes {@code stored} hold the shape of each version, by number, and no other. */
  void write(BroadcastState<Long, byte[]> stored) throws Exception {
    Set<Long> gone = new HashSet<>();
    stored.immutableEntries().forEach(entry -> gone.add(entry.getKey()));
    gone.removeAll(byNumber.keySet());
    for (long number : gone) {
      stored.remove(number);
    }
    for (Map.Entry<Long, Version> version : byNumber.entrySet()) {
      if (!stored.contains(version.getKey())) { // what a number names never changes
        DataOutputSerializer out = new DataOutputSerializer(128);
        codec.write(version.getValue().shape(), out);
        stored.put(version.getKey(), out.getCopyOfBuffer());
      }
    }
  }

  void read(BroadcastState<Long, byte[]> stored) throws Exception {
    for (Map.Entry<Long, byte[]> entry : stored.immutableEntries()) {
      add(codec.read(new DataInputDeserializer(entry.getValue())));
    }
  }
}
