package dev.eddy.connectors.kafka;

import java.util.Properties;

/** What the sources have in common. */
final class Sources {
  private Sources() {}

  /** A bounded source looks for no new partitions, and warns when it is asked to. */
  static Properties withoutDiscoveryIf(boolean bounded, Properties properties) {
    if (bounded) {
      properties.remove("partition.discovery.interval.ms");
    }
    return properties;
  }
}
