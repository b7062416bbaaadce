package dev.eddy.connectors.kafka.transaction;

import java.io.Serializable;
import java.util.Map;
import java.util.Properties;

/**
 * How a sink writes transactions.
 *
 * @param client properties of the Kafka client
 * @param prefix begins the transactional ids
 * @param topic that is written to
 * @param claim of the run
 */
public record Transactions(Map<String, String> client, String prefix, String topic, Claim claim)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public Transactions {
    client = Map.copyOf(client);
  }

  Properties admin() {
    Properties properties = new Properties();
    properties.putAll(client);
    return properties;
  }

  Guard guard() {
    return Guard.of(OwnerGroup.held(admin(), prefix, topic), claim);
  }
}
