package dev.eddy.connectors.kafka.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Says when the brokers of a topic do not answer, and when they do again, while Kafka's own clients
 * wait for them without a word.
 */
public final class BrokerWatch implements AutoCloseable {
  static final String WAITING = "waiting for the brokers: ";
  static final String BACK = "the brokers are back, it goes on";

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "eddy-broker-watch");
            thread.setDaemon(true);
            return thread;
          });
  private final String servers;
  private final Admin admin;
  private final String topic;
  private final Consumer<String> listener;
  private volatile boolean away;

  private BrokerWatch(String servers, Admin admin, String topic, Consumer<String> listener) {
    this.servers = servers;
    this.admin = admin;
    this.topic = topic;
    this.listener = listener;
  }

  /**
   * Watches until it is closed.
   *
   * @param client that reached the brokers just now
   * @param listener is told in a line
   */
  public static BrokerWatch start(
      Map<String, String> client, String topic, Consumer<String> listener) {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put("default.api.timeout.ms", Long.toString(ANSWER.toMillis()));
    properties.put("request.timeout.ms", Long.toString(ANSWER.toMillis()));
    Admin admin = Reachable.client(() -> Admin.create(properties));
    BrokerWatch watch =
        new BrokerWatch(properties.getProperty("bootstrap.servers"), admin, topic, listener);
    var unused =
        watch.timer.scheduleWithFixedDelay(
            watch::look, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  /** Whether they did not answer when they were asked last. */
  public boolean away() {
    return away;
  }

  private void look() {
    try {
      String fault = fault();
      if (!fault.isEmpty() && !away) {
        listener.accept(WAITING + fault);
      } else if (fault.isEmpty() && away) {
        listener.accept(BACK);
      }
      away = !fault.isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String fault() throws InterruptedException {
    try {
      List<TopicPartitionInfo> partitions =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get()
              .values()
              .iterator()
              .next()
              .partitions();
      boolean led =
          partitions.stream().allMatch(each -> each.leader() != null && !each.leader().isEmpty());
      return led ? "" : "topic " + topic + ": a partition has no leader";
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return cause instanceof TimeoutException
          ? servers + " does not answer"
          : "topic "
              + topic
              + ": "
              + String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    admin.close(Duration.ofSeconds(1));
  }
}
