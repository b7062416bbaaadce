package dev.eddy.pipeline.check;

import dev.eddy.connectors.kafka.Delivery;
import dev.eddy.connectors.kafka.client.ClusterLook;
import dev.eddy.connectors.kafka.client.TransactionTrial;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.flink.FlinkSettings;
import dev.eddy.pipeline.stream.PredictJobDefaults;
import dev.eddy.pipeline.stream.PredictJobSettings;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;

/**
 * Can the brokers do what exactly-once delivery needs, and let this client do it?
 *
 * @param deployment which writes there
 * @param cluster its brokers
 * @param writes whether the command writes predictions
 */
record BrokerQuestion(Deployment deployment, ClusterLook cluster, boolean writes)
    implements Question {
  private static final int SAFE_TRANSACTIONS = 2;
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(15);
  private static final String TIMEOUT = "transaction.timeout.ms";
  private static final String MOST = "transaction.max.timeout.ms";

  @Override
  public void ask(Findings findings) {
    int brokers = cluster.brokers();
    findings.fine(
        "kafka "
            + deployment.kafka().get(Deployment.BOOTSTRAP)
            + ", "
            + brokers
            + (brokers == 1 ? " broker" : " brokers")
            + ", metadata.version "
            + cluster.feature("metadata.version"));
    if (writes && deployment.serving().delivery() == Delivery.EXACTLY_ONCE) {
      protocol(findings);
      if (findings.ask(this::timeouts)) {
        trial(findings);
      }
    }
  }

  private void protocol(Findings findings) {
    int version = cluster.feature("transaction.version");
    if (version >= SAFE_TRANSACTIONS) {
      findings.fine("transactions, transaction.version " + version);
      return;
    }
    findings.note(
        "kafka: transaction.version "
            + version
            + " (with 2, on brokers from 4.0 on, no late end of a transaction can tear or lose the"
            + " next one: kafka-features.sh upgrade --feature transaction.version=2)");
  }

  /**
   * A transaction is open from one checkpoint to the end of the next; a broker that has ended it
   * before makes the job start again.
   */
  private void timeouts(Findings findings) {
    long timeout = timeout();
    String most = cluster.brokerSettings().get(MOST);
    if (most == null) {
      findings.note("kafka: the broker does not tell its " + MOST + " (needs DESCRIBE_CONFIGS)");
    } else if (timeout > Long.parseLong(most)) {
      findings.wrong(
          "kafka."
              + TIMEOUT
              + ": "
              + timeout
              + " (must be at most the broker's "
              + MOST
              + ", "
              + most
              + ")");
    }
    Configuration flink = FlinkSettings.of(deployment.flink());
    flink.addAll(PredictJobDefaults.missingFrom(flink, PredictJobSettings.of(deployment, false)));
    Duration interval = flink.get(CheckpointingOptions.CHECKPOINTING_INTERVAL);
    Duration patience = flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT);
    if (interval.toMillis() >= timeout) {
      findings.wrong(
          "kafka."
              + TIMEOUT
              + ": "
              + timeout
              + " (must be above flink."
              + CheckpointingOptions.CHECKPOINTING_INTERVAL.key()
              + ", "
              + interval.toMillis()
              + " ms: a transaction lasts from checkpoint to checkpoint)");
    } else if (interval.plus(patience).toMillis() > timeout) {
      findings.note(
          "kafka."
              + TIMEOUT
              + ": "
              + timeout
              + " (shorter than flink."
              + CheckpointingOptions.CHECKPOINTING_INTERVAL.key()
              + " and flink."
              + CheckpointingOptions.CHECKPOINTING_TIMEOUT.key()
              + " together, "
              + interval.plus(patience).toMillis()
              + " ms: a checkpoint that takes longer starts the job again)");
    }
  }

  private void trial(Findings findings) {
    String id = "eddy/" + deployment.name() + "/check";
    if (findings.ask(told -> TransactionTrial.require(deployment.kafka(), id, timeout()))) {
      findings.fine("transactional ids that begin with eddy/" + deployment.name() + "/");
    }
  }

  /** What the sinks use. */
  private long timeout() {
    String given = deployment.kafka().get(TIMEOUT);
    return given == null ? DEFAULT_TIMEOUT.toMillis() : Long.parseLong(given);
  }
}
