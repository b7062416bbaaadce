package dev.eddy.connectors.kafka.start;

/** Where a deployment's job begins to read if Flink restores no state. */
public enum Start {
  /** At the beginning; refused where the deployment has made progress already. */
  FIRST,

  /** Behind the offsets that the deployment's consumer group has committed; refused without any. */
  COMMITTED,

  /** At the beginning, whatever was predicted before. */
  FRESH
}
