package dev.eddy.connectors.kafka.start;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Says in the header {@code deployment} of a prediction's record who wrote it, so that a later
 * start finds out whether the deployment has predicted already. Where predictions are visible
 * before any checkpoint, the header also names the start: a job that fails before its first
 * checkpoint must not take its own predictions for those of an earlier one.
 *
 * @param deployment its id
 * @param start of which start; empty where predictions appear with checkpoints alone
 */
public record PredictionWriter(String deployment, String start) implements Serializable {
  static final String HEADER = "deployment";

  /** The writer whose header is the one given. */
  static PredictionWriter of(byte[] header) {
    String[] parts = new String(header, StandardCharsets.UTF_8).split("/", 2);
    return new PredictionWriter(parts[0], parts.length == 1 ? "" : parts[1]);
  }

  /** The header of its records. */
  public Header header() {
    String written = start.isEmpty() ? deployment : deployment + "/" + start;
    return new RecordHeader(HEADER, written.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether another start of the same deployment wrote what {@code other} wrote. */
  boolean wroteEarlier(@Nullable PredictionWriter other) {
    return other != null
        && deployment.equals(other.deployment)
        && (start.isEmpty() || !start.equals(other.start));
  }
}
