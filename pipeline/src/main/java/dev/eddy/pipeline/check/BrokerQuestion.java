package dev.eddy.pipeline.check;

import dev.eddy.connectors.kafka.client.ClusterLook;
import dev.eddy.connectors.kafka.client.TransactionTimeout;
import dev.eddy.connectors.kafka.client.TransactionTrial;
import dev.eddy.connectors.kafka.sink.Delivery;
import dev.eddy.connectors.kafka.start.TransactionalIds;
import dev.eddy.pipeline.deployment.Deployment;

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
    if (writes && commits()) {
      protocol(findings);
      TransactionTimeout timeout = TransactionTimeout.of(deployment.kafka());
      if (findings.ask(told -> timeout.require())) {
        trial(timeout, findings);
      }
    }
  }

  /** Evaluations do, whatever becomes of predictions: their records add up. */
  private boolean commits() {
    return deployment.serving().delivery() == Delivery.EXACTLY_ONCE
        || deployment.topics().evaluations().isPresent();
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

  private void trial(TransactionTimeout timeout, Findings findings) {
    String prefix = TransactionalIds.prefix(deployment.name());
    String id = prefix + "check";
    if (findings.ask(
        told -> TransactionTrial.require(deployment.kafka(), id, timeout.length().toMillis()))) {
      findings.fine("transactional ids that begin with " + prefix);
    }
  }
}
