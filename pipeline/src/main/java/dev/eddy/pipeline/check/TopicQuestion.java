package dev.eddy.pipeline.check;

import dev.eddy.connectors.kafka.client.TopicLook;
import java.util.Arrays;
import java.util.List;

/**
 * Does a topic keep its records, and may this client use it?
 *
 * @param setting which names it
 * @param topic the topic
 * @param rights what the client must be allowed to do with it
 * @param brokers how many there are
 */
record TopicQuestion(String setting, TopicLook topic, List<String> rights, int brokers)
    implements Question {

  @Override
  public void ask(Findings findings) {
    findings.fine(
        "topic "
            + topic.name()
            + ", "
            + topic.partitions()
            + (topic.partitions() == 1 ? " partition" : " partitions"));
    uncompacted(findings);
    topic
        .rights()
        .ifPresent(
            allowed ->
                rights.stream()
                    .filter(right -> !allowed.contains(right))
                    .forEach(
                        right ->
                            findings.wrong(
                                place()
                                    + "no right to "
                                    + right
                                    + " (must be allowed to "
                                    + String.join(" and ", rights)
                                    + ")")));
    if (rights.contains("WRITE")) {
      replicas(findings);
    }
  }

  /** Compaction drops all but the newest record of a key. */
  private void uncompacted(Findings findings) {
    String policy = topic.setting("cleanup.policy").orElse("delete");
    if (Arrays.asList(policy.split(",")).contains("compact")) {
      findings.wrong(
          place()
              + "cleanup.policy: "
              + policy
              + " (must be delete: compaction keeps one record of a key alone)");
    }
  }

  /** A producer that waits for all replicas is refused while too few are in sync. */
  private void replicas(Findings findings) {
    long least = topic.number("min.insync.replicas").orElse(1L);
    if (least > topic.inSync()) {
      findings.wrong(
          place()
              + topic.inSync()
              + " of "
              + topic.replicas()
              + " replicas in sync (must be "
              + least
              + ", its min.insync.replicas)");
    } else if (topic.replicas() > 1 && least == 1) {
      findings.note(
          place()
              + "min.insync.replicas: 1 (with 2, no broker alone can lose what was acknowledged)");
    } else if (topic.replicas() == 1 && brokers > 1) {
      findings.note(place() + "1 replica (with 3 it would outlive a broker)");
    }
  }

  private String place() {
    return setting + ": " + topic.name() + ": ";
  }
}
