package dev.eddy.connectors.kafka.client;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;

/** Finds the transactions that are neither committed nor aborted yet. */
public final class OpenTransactions {
  private static final String TASK = "list transactions";

  private OpenTransactions() {}

  /**
   * Those whose id begins with {@code prefix}, with what they have written to.
   *
   * @throws dev.eddy.settings.UserMistake if no broker answers
   */
  public static Map<String, Set<TopicPartition>> of(Map<String, String> client, String prefix) {
    Answers answers = Reachable.answers(client);
    var ongoing = new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
    Map<String, Set<TopicPartition>> open = new TreeMap<>();
    try (Admin admin = Reachable.admin(client)) {
      List<String> ids =
          answers.of(admin.listTransactions(ongoing).all(), TASK).stream()
              .map(TransactionListing::transactionalId)
              .filter(id -> id.startsWith(prefix))
              .toList();
      if (!ids.isEmpty()) {
        answers
            .of(admin.describeTransactions(ids).all(), TASK)
            .forEach((id, found) -> open.put(id, found.topicPartitions()));
      }
    }
    return open;
  }
}
