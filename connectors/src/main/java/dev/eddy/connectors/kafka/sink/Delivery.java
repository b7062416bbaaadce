package dev.eddy.connectors.kafka.sink;

import org.apache.flink.connector.base.DeliveryGuarantee;

/** What a reader of the sink's topic may rely on. */
public enum Delivery {
  /** Each record once for a {@code read_committed} reader, visible at the next checkpoint. */
  EXACTLY_ONCE(DeliveryGuarantee.EXACTLY_ONCE),

  /** Visible within milliseconds; may repeat records after a failure. */
  AT_LEAST_ONCE(DeliveryGuarantee.AT_LEAST_ONCE);

  private final DeliveryGuarantee guarantee;

  Delivery(DeliveryGuarantee guarantee) {
    this.guarantee = guarantee;
  }

  DeliveryGuarantee guarantee() {
    return guarantee;
  }
}
