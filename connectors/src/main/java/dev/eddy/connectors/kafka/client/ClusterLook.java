package dev.eddy.connectors.kafka.client;

import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a Kafka cluster: what its brokers can do, what its topics are like, and what this client
 * may do there. Changes nothing.
 */
public final class ClusterLook implements AutoCloseable {
  private final Admin admin;
  private final Answers answers;

  private ClusterLook(Admin admin, Answers answers) {
    this.admin = admin;
    this.answers = answers;
  }

  /**
   * Connects to the brokers.
   *
   * @throws UserMistake within seconds when none answers
   */
  public static ClusterLook at(Map<String, String> client) {
    return new ClusterLook(Reachable.admin(client), Reachable.answers(client));
  }

  /** How many brokers there are. */
  public int brokers() {
    return answers.of(admin.describeCluster().nodes(), "describe the cluster").size();
  }

  /**
   * The level of a feature that all brokers have agreed upon, such as {@code transaction.version}.
   *
   * @return 0 where they have not heard of it
   */
  public int feature(String name) {
    FeatureMetadata features =
        answers.of(admin.describeFeatures().featureMetadata(), "describe features");
    FinalizedVersionRange range = features.finalizedFeatures().get(name);
    return range == null ? 0 : range.maxVersionLevel();
  }

  /**
   * A topic; empty if there is none of that name.
   *
   * @throws UserMistake caused by an {@link AuthorizationException} if this client may not see it
   */
  public Optional<TopicLook> topic(String name) {
    TopicDescription found;
    try {
      DescribeTopicsOptions options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
      found =
          answers
              .of(
                  admin.describeTopics(List.of(name), options).allTopicNames(),
                  "describe topic " + name)
              .values()
              .iterator()
              .next();
    } catch (UserMistake e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw e;
    }
    return Optional.of(
        new TopicLook(
            name,
            found.partitions().size(),
            fewest(found, partition -> partition.replicas().size()),
            fewest(found, partition -> partition.isr().size()),
            settingsOrNone(new ConfigResource(ConfigResource.Type.TOPIC, name)),
            rights(found.authorizedOperations())));
  }

  private static int fewest(TopicDescription topic, ToIntFunction<TopicPartitionInfo> count) {
    return topic.partitions().stream().mapToInt(count).min().orElse(0);
  }

  /**
   * What this client may do with a consumer group, which is nothing where it may not even ask;
   * empty if there is none yet, or nobody tells.
   */
  public Optional<Set<String>> groupRights(String group) {
    DescribeConsumerGroupsOptions options =
        new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
    try {
      ConsumerGroupDescription found =
          answers
              .of(
                  admin.describeConsumerGroups(List.of(group), options).all(),
                  "describe consumer group " + group)
              .get(group);
      return found == null ? Optional.empty() : rights(found.authorizedOperations());
    } catch (UserMistake e) {
      return e.getCause() instanceof AuthorizationException
          ? Optional.of(Set.of())
          : Optional.empty();
    }
  }

  private static Optional<Set<String>> rights(@Nullable Set<AclOperation> operations) {
    return operations == null || operations.isEmpty()
        ? Optional.empty()
        : Optional.of(operations.stream().map(AclOperation::name).collect(Collectors.toSet()));
  }

  private Map<String, String> settingsOrNone(ConfigResource resource) {
    try {
      return answers.of(BrokerSettings.of(admin, resource), "describe " + resource.name());
    } catch (UserMistake notAllowed) {
      return Map.of();
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
