package dev.eddy.pipeline.waiting;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.ObservationSchema;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names the places of stored events, so that they can be told when a deployment's features change.
 *
 * @param numeric [numeric features]
 * @param categorical [categorical features]
 * @param label the field that holds the class; null where none does
 * @param future those of the numeric ones that are told ahead
 * @param byTime whether they are told of a time, else of a place ahead
 */
record EventNames(
    @JsonProperty("numeric") List<String> numeric,
    @JsonProperty("categorical") List<String> categorical,
    @JsonProperty("label") @Nullable String label,
    @JsonProperty("future") List<String> future,
    @JsonProperty("byTime") boolean byTime) {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  EventNames {
    numeric = List.copyOf(numeric);
    categorical = List.copyOf(categorical);
    future = List.copyOf(future);
  }

  static EventNames of(ObservationSchema schema) {
    FutureFields future = schema.future();
    return new EventNames(
        schema.numeric(),
        schema.categorical(),
        schema.label(),
        future.features(),
        future.intervalMillis() > 0);
  }

  /** A schema of records that hold each field under its own name. */
  ObservationSchema schema() {
    FutureFields told =
        future.isEmpty() ? FutureFields.NONE : new FutureFields(future, 1, byTime ? 1 : 0);
    return new ObservationSchema(numeric, categorical, label, told);
  }

  /** As checkpoints hold it. */
  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("names cannot be written", e);
    }
  }

  static EventNames fromJson(String json) throws IOException {
    return JSON.readValue(json, EventNames.class);
  }
}
