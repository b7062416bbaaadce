package dev.eddy.pipeline.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** What a {@code read_committed} consumer of the predictions sees after a failure. */
public enum Delivery {
  /** Every prediction once; visible at the next checkpoint. */
  EXACTLY_ONCE(DeliveryGuarantee.EXACTLY_ONCE),
  /** Visible within milliseconds; may repeat one, with the same key, time and offset. */
  AT_LEAST_ONCE(DeliveryGuarantee.AT_LEAST_ONCE);

  private final DeliveryGuarantee guarantee;

  Delivery(DeliveryGuarantee guarantee) {
    this.guarantee = guarantee;
  }

  /** The same in Flink's terms. */
  public DeliveryGuarantee guarantee() {
    return guarantee;
  }

  /** The name as written in configuration. */
  @JsonValue
  public String configName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads a configuration name.
   *
   * @throws IllegalArgumentException naming the value found and the ones expected
   */
  @JsonCreator
  public static Delivery of(String configName) {
    for (Delivery delivery : values()) {
      if (delivery.configName().equals(configName)) {
        return delivery;
      }
    }
    throw new IllegalArgumentException(
        "delivery: "
            + configName
            + " (must be one of "
            + Arrays.stream(values()).map(Delivery::configName).collect(Collectors.joining(", "))
            + ")");
  }
}
