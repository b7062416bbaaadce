package dev.eddy.pipeline.evaluation.pending;

import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.event.PredictionShape.Classes;
import dev.eddy.pipeline.evaluation.window.ShapeCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private Version last = Version.of(new Classes("", List.of()), List.of());

  /** Versions of a deployment that predicts {@code targets}. */
  KnownVersions(List<String> targets) {
    this.targets = List.copyOf(targets);
  }

  /** The version of a prediction; predictions come in runs of one. */
  Version of(PredictionShape shape) {
    if (last.shape() != shape) {
      Version found = Version.of(shape, targets);
      Version known = byNumber.putIfAbsent(found.number(), found);
      last = known == null ? found : known;
    }
    return last;
  }

  @Nullable Version get(long number) {
    return byNumber.get(number);
  }

  boolean knows(long number) {
    return byNumber.containsKey(number);
  }

  /** What a checkpoint holds: least lately used first. */
  List<byte[]> write() throws IOException {
    List<byte[]> written = new ArrayList<>();
    for (Version version : byNumber.values()) {
      DataOutputSerializer out = new DataOutputSerializer(128);
      codec.write(version.shape(), out);
      written.add(out.getCopyOfBuffer());
    }
    return written;
  }

  void read(Iterable<byte[]> written) throws IOException {
    for (byte[] each : written) {
      of(codec.read(new DataInputDeserializer(each)));
    }
  }
}
