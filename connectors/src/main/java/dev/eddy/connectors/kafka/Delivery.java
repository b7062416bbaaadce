package dev.eddy.connectors.kafka;

import org.apache.flink.connector.base.DeliveryGuarantee;

/** What a reader of the sink's topic may rely on. */
public enum Delivery {
  /** Each record once for a {@code read_committed} reader, visible at the next checkpoint. */
  EXACTLY_ONCE("exactly-once", DeliveryGuarantee.EXACTLY_ONCE),

  /** Visible within milliseconds; may repeat records after a failure. */
  AT_LEAST_ONCE("at-least-once", DeliveryGuarantee.AT_LEAST_ONCE);

  private final String word;
  private final DeliveryGuarantee guarantee;

  Delivery(String word, DeliveryGuarantee guarantee) {
    this.word = word;
    this.guarantee = guarantee;
  }

  DeliveryGuarantee guarantee() {
    return guarantee;
  }

  /** The setting's word. */
  public String word() {
    return word;
  }

  /** The delivery of a setting's word. */
  public static Delivery of(String word) {
    for (Delivery each : values()) {
      if (each.word.equals(word)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "delivery: " + word + " (must be exactly-once or at-least-once)");
  }
}
