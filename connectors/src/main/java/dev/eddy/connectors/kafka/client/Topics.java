package dev.eddy.connectors.kafka.client;

import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates and checks a deployment's topics. Topics that Eddy creates keep their records: they are
 * the history that models are trained from and rebuilt by. Every fault is an {@link UserMistake}
 * within seconds.
 */
public final class Topics implements AutoCloseable {
  private static final Duration VISIBLE = Duration.ofSeconds(10);
  private static final Duration VISIBLE_POLL = Duration.ofMillis(20);
  private static final Map<String, String> KEEP =
      Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");

  private static final String LARGEST = "max.message.bytes";
  private static final long USUALLY_TAKEN = 1_048_588; // bytes, the broker's default

  private final String servers;
  private final Admin admin;
  private final Answers answers;

  private Topics(String servers, Admin admin, Answers answers) {
    this.servers = servers;
    this.admin = admin;
    this.answers = answers;
  }

  /** Connects to the brokers. */
  public static Topics connect(Map<String, String> client) {
    Admin admin = Reachable.admin(client);
    return new Topics(
        client.getOrDefault("bootstrap.servers", ""), admin, Reachable.answers(client));
  }

  /** Creates a topic whose records are kept, unless it exists; says whether it was created. */
  public boolean create(String topic, int partitions) {
    return create(topic, partitions, 0);
  }

  /**
   * As {@link #create(String, int)}.
   *
   * @param largest bytes of a record that it must take; what the broker takes by default it takes
   *     anyway
   */
  public boolean create(String topic, int partitions, long largest) {
    NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty());
    Map<String, String> settings = new HashMap<>(KEEP);
    if (largest > USUALLY_TAKEN) {
      settings.put(LARGEST, Long.toString(largest));
    }
    try {
      await(admin.createTopics(List.of(wanted.configs(settings))).all(), "create topic " + topic);
      awaitVisible(topic);
      return true;
    } catch (UserMistake e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw e;
    }
  }

  // The controller answers before the brokers know: without this the next call may miss the topic.
  private void awaitVisible(String topic) {
    long deadline = System.nanoTime() + VISIBLE.toNanos();
    while (true) {
      try {
        partitions(topic);
        return;
      } catch (UserMistake e) {
        boolean unknown = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!unknown || System.nanoTime() - deadline > 0) {
          throw e;
        }
        LockSupport.parkNanos(VISIBLE_POLL.toNanos());
      }
    }
  }

  /** Creates the models topic (one partition: broker order is the order) unless it exists. */
  public boolean createModels(String topic) {
    return create(topic, 1);
  }

  /** Names of all topics that the client may see. */
  public Set<String> list() {
    return await(admin.listTopics().names(), "list topics");
  }

  /** Refuses a topic that does not exist, naming it and its setting ({@code topics.models}). */
  public void require(String setting, String topic) {
    if (!list().contains(topic)) {
      throw new UserMistake(setting + ": " + topic + " (no such topic on " + servers + ")");
    }
  }

  /** Number of partitions of a topic that exists. */
  public int partitions(String topic) {
    return describe(topic).partitions().size();
  }

  /** Tells a topic that exists from all others, those of its name before and after it too. */
  public String id(String topic) {
    return describe(topic).topicId().toString();
  }

  /** Tells the Kafka cluster from all others, whichever of its brokers was asked. */
  public String cluster() {
    return await(admin.describeCluster().clusterId(), "describe the cluster");
  }

  private TopicDescription describe(String topic) {
    Map<String, TopicDescription> found =
        await(admin.describeTopics(List.of(topic)).allTopicNames(), "describe topic " + topic);
    return found.values().iterator().next();
  }

  /**
   * Refuses a models topic that may lose or reorder announcements: more than one partition,
   * compaction, or expiry.
   */
  public void requireModels(String setting, String topic) {
    require(setting, topic);
    List<String> faults = new ArrayList<>();
    int partitions = partitions(topic);
    if (partitions != 1) {
      faults.add("partitions: " + partitions + " (must be 1)");
    }
    Map<String, String> settings = settings(topic);
    KEEP.forEach(
        (name, wanted) -> {
          String value = settings.get(name);
          if (!wanted.equals(value)) {
            faults.add(name + ": " + value + " (must be " + wanted + ")");
          }
        });
    if (!faults.isEmpty()) {
      throw new UserMistake(setting + ": " + topic + ": " + String.join(", ", faults));
    }
  }

  /** How long a topic keeps its records; empty where they do not expire by their age. */
  Optional<Duration> retention(String topic) {
    Map<String, String> settings = settings(topic);
    long millis = Long.parseLong(settings.getOrDefault("retention.ms", "-1"));
    boolean deletes = settings.getOrDefault("cleanup.policy", "delete").contains("delete");
    return deletes && millis >= 0 ? Optional.of(Duration.ofMillis(millis)) : Optional.empty();
  }

  /** Offsets of some partitions of a topic; below 0 where there is none of that kind. */
  Map<Integer, Long> offsets(String topic, Map<Integer, OffsetSpec> asked) {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    asked.forEach((partition, spec) -> partitions.put(new TopicPartition(topic, partition), spec));
    Map<Integer, Long> offsets = new HashMap<>();
    await(admin.listOffsets(partitions).all(), "list the offsets of topic " + topic)
        .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
    return offsets;
  }

  /** What a consumer group has committed of a topic, by partition; nothing if there is none. */
  public Map<Integer, Long> committed(String topic, String group) {
    Map<Integer, Long> committed = new HashMap<>();
    try {
      await(
              admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
              "list the offsets of consumer group " + group)
          .forEach(
              (partition, found) -> {
                if (partition.topic().equals(topic) && found != null) {
                  committed.put(partition.partition(), found.offset());
                }
              });
    } catch (UserMistake e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw e;
      }
    }
    return committed;
  }

  /** Bytes of the largest batch that a topic takes. */
  public long largest(String topic) {
    return Long.parseLong(settings(topic).getOrDefault(LARGEST, "0"));
  }

  /** A topic's settings, those of the broker's defaults among them. */
  Map<String, String> settings(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return await(BrokerSettings.of(admin, resource), "describe topic " + topic);
  }

  private <T> T await(KafkaFuture<T> future, String task) {
    return answers.of(future, task);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
