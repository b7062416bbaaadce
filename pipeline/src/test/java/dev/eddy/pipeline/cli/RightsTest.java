package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.MISTAKE;
import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.kafka.client.AnnouncementPublisher;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.pipeline.operator.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * On brokers that allow nothing unasked, the rights of the guide are enough, and all are needed.
 */
class RightsTest {
  private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

  private static EmbeddedKafka kafka;

  @TempDir Path folder;

  private static Map<String, String> client(String user) {
    return Map.of(
        "bootstrap.servers",
        kafka.bootstrapServers(),
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        "%s required username=\"%s\" password=\"of %2$s\";".formatted(PLAIN, user));
  }

  @BeforeAll
  static void start() {
    kafka =
        EmbeddedKafka.start(
            Map.of(
                "listener.security.protocol.map",
                "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name",
                "PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config",
                PLAIN
                    + " required username=\"admin\" password=\"of admin\""
                    + " user_admin=\"of admin\" user_eddy=\"of eddy\";",
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users",
                "User:admin;User:ANONYMOUS"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private Path deployment(String name, String user) throws IOException {
    StringBuilder lines = new StringBuilder();
    client(user).forEach((key, value) -> lines.append("  %s: '%s'%n".formatted(key, value)));
    return Files.writeString(
        folder.resolve(user + ".yaml"),
        """
        name: %1$s
        store: models
        kafka:
        %2$stopics: {observations: %1$s-o, predictions: %1$s-p, models: %1$s-m, dead-letters: %1$s-d}
        input: {features: [load, wind], target: load, interval: 1 min}
        model: {name: test, horizons: [1, 3]}
        training: {split: {by: time, validation-from: 2026-01-01, test-from: 2026-01-01}}
        flink: {execution.checkpointing.interval: 300 ms}
        replay:
          files: [rows.csv]
          key: {constant: pump}
          time: {start: 2026-01-01T00:00:00Z, step: 1 min}
        """
            .formatted(name, lines));
  }

  /** Those of the guide's table. */
  private static List<AclBinding> rights(String name) {
    List<AclBinding> all = new ArrayList<>();
    allow(all, ResourceType.TOPIC, name + "-o", PatternType.LITERAL, "READ", "DESCRIBE_CONFIGS");
    for (String topic : List.of("-p", "-d", "-m")) {
      allow(all, ResourceType.TOPIC, name + topic, PatternType.LITERAL, "READ", "WRITE");
      allow(all, ResourceType.TOPIC, name + topic, PatternType.LITERAL, "DESCRIBE_CONFIGS");
    }
    allow(all, ResourceType.GROUP, name, PatternType.LITERAL, "READ");
    allow(all, ResourceType.GROUP, "eddy/" + name + "/", PatternType.PREFIXED, "READ");
    allow(
        all,
        ResourceType.TRANSACTIONAL_ID,
        "eddy/" + name + "/",
        PatternType.PREFIXED,
        "WRITE",
        "DESCRIBE");
    allow(all, ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL, "DESCRIBE_CONFIGS");
    return all;
  }

  private static void allow(
      List<AclBinding> all,
      ResourceType type,
      String name,
      PatternType pattern,
      String... operations) {
    for (String operation : operations) {
      all.add(
          new AclBinding(
              new ResourcePattern(type, name, pattern),
              new AccessControlEntry(
                  "User:eddy", "*", AclOperation.fromString(operation), AclPermissionType.ALLOW)));
    }
  }

  private Path ready(String name) throws Exception {
    Files.writeString(folder.resolve("rows.csv"), "load,wind\n1,2\n2,3\n3,4\n");
    Path admins = deployment(name, "admin");
    Ended replayed = eddy("replay", "-c", admins, "--create-topics");
    assertThat(replayed.code()).as(replayed.err()).isZero();
    TestModels models = new TestModels(folder.resolve("models"));
    AnnouncementPublisher.publish(client("admin"), name + "-m", models.announce(models.publish(1)));
    return deployment(name, "eddy");
  }

  private static void grant(List<AclBinding> rights) throws Exception {
    try (Admin admin = Admin.create(Map.copyOf(client("admin")))) {
      admin.createAcls(rights).all().get();
    }
  }

  @Test
  void the_rights_of_the_guide_are_enough_to_check_and_to_run() throws Exception {
    Path yaml = ready("enough");
    grant(rights("enough"));

    Ended checked = eddy("check", "-c", yaml);
    assertThat(checked.code()).as(checked.out()).isZero();

    Ended ran = eddy("run", "-c", yaml, "--bounded");
    assertThat(ran.code()).as(ran.err() + ran.out()).isZero();
    Ended again = eddy("run", "-c", yaml, "--bounded");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("resuming from");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          reader  | TOPIC            | reader-o    | READ  | wrong  topics.observations: reader-o: no right to
          writer  | TOPIC            | writer-p    | WRITE | wrong  topics.predictions: writer-p: no right to WRITE
          letters | TOPIC            | letters-d   | READ  | wrong  topics.dead-letters: letters-d: no right to READ
          models  | TOPIC            | models-m    | WRITE | wrong  topics.models: models-m: no right to WRITE
          group   | GROUP            | group       | READ  | wrong  kafka: consumer group group: no right to READ
          ids     | TRANSACTIONAL_ID | eddy/ids/   | WRITE | wrong  kafka: transactional id eddy/ids/check: not
          owner   | GROUP            | eddy/owner/ | READ  | note   kafka: consumer group eddy/owner/predictions/owner
          before  | TOPIC            | before-p    | READ  | wrong  topics.predictions: before-p: no right to READ
          """)
  void a_right_that_is_missing_is_named(
      String name, ResourceType type, String resource, String operation, String says)
      throws Exception {
    Path yaml = ready(name);
    grant(
        rights(name).stream()
            .filter(
                each ->
                    each.pattern().resourceType() != type
                        || !each.pattern().name().equals(resource)
                        || !each.entry().operation().name().equals(operation))
            .toList());

    Ended checked = eddy("check", "-c", yaml);
    assertThat(checked.code()).isEqualTo(says.startsWith("wrong") ? MISTAKE : 0);
    assertThat(checked.out()).contains(says);
  }
}
