package dev.eddy.pipeline.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The documents that are generated from the settings' declarations. To write them anew: {@code
 * ./mvnw test -pl pipeline -am -Dtest=SettingsReferenceTest -Deddy.write-docs=true
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class SettingsReferenceTest {
  private static final Path ROOT =
      Path.of(System.getProperty("eddy.root", "..")).toAbsolutePath().normalize();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(DeploymentDocuments.schema());

  @TempDir Path folder;

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("examples"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @Test
  void the_reference_says_what_is_declared() throws IOException {
    assertWritten("docs/settings.md", DeploymentDocuments.reference());
  }

  @Test
  void the_schema_says_what_is_declared() throws IOException {
    assertWritten("docs/deployment.schema.json", DeploymentDocuments.schema());
  }

  private static void assertWritten(String name, String generated) throws IOException {
    Path file = ROOT.resolve(name);
    if (Boolean.getBoolean("eddy.write-docs")) {
      Files.writeString(file, generated);
    }
    assertThat(file).as("write it anew with -Deddy.write-docs=true").hasContent(generated);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void an_example_keeps_to_the_schema(Path example) throws IOException {
    assertThat(errors(Files.readString(example))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model: {hiden: 3}",
        "model: {hidden: 0}",
        "model: {cell: elman}",
        "model: {hidden: \"many\"}",
        "model: {peephole: perhaps}",
        "serving: {linger: soon}",
        "training: {split: {by: moon}}",
        "training: {split: {by: key, validation: 2, test: [a]}}",
        "output: {horizons: [x]}"
      })
  void the_schema_refuses_what_the_binder_refuses(String block) throws IOException {
    String text = Files.readString(ROOT.resolve("examples/weather.yaml"));
    String name = block.substring(0, block.indexOf(':'));
    assertThat(errors(text.replaceFirst("(?ms)^" + name + ":.*?\n(?=\\S)", block + "\n")))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{features: [temp_max, wind], target: temp_max, future: [wind]}",
        "{features: [temp_max, wind], target: [temp_max], future: {features: wind, reach: 3}}",
        "{features: temp_max, target: temp_max, interval: \"${STEP:-1 h}\", future: none}"
      })
  void the_schema_allows_short_forms_and_variables(String input) throws IOException {
    String text = Files.readString(ROOT.resolve("examples/weather.yaml"));
    assertThat(
            errors(
                text.replaceFirst(
                    "(?ms)^input:.*?\n(?=\\S)", "input: " + input.replace("$", "\\$") + "\n")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model: {hidden: \"32\", peephole: no, cell: lstm, horizons: [\"1\", 7]}",
        "model: {hidden: 3_2, peephole: \"off\", horizons: \"1\"}"
      })
  void the_schema_and_the_binder_allow_words_for_truth_and_numbers_in_quotes(String model)
      throws IOException {
    String text =
        Files.readString(ROOT.resolve("examples/weather.yaml"))
            .replaceFirst("(?ms)^model:.*?\n(?=\\S)", model + "\n");
    assertThat(errors(text)).isEmpty();
    Path file = Files.writeString(folder.resolve("words.yaml"), text);
    assertThat(DeploymentFile.read(file, List.of()).model().hidden()).isEqualTo(32);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void what_is_shown_of_a_deployment_reads_back_as_the_same(Path example) throws IOException {
    Deployment deployment = DeploymentFile.read(example, List.of());
    String shown = DeploymentDocuments.show(deployment);

    assertThat(errors(shown)).isEmpty();
    Path copy = Files.writeString(folder.resolve("shown.yaml"), shown);
    assertThat(DeploymentFile.read(copy, List.of())).isEqualTo(deployment);
  }

  @Test
  void no_secret_is_shown() {
    Deployment deployment =
        DeploymentFile.read(
            ROOT.resolve("examples/weather.yaml"),
            List.of(
                "kafka.sasl.jaas.config=\"user and word\"",
                "kafka.ssl.key.password=word",
                "flink.s3.secret-key=word",
                "kafka.basic.auth.user.info=user:word",
                "flink.env.java.opts.all=-Djavax.net.ssl.keyStorePassword=word",
                "store=s3://key:word@host/models"));

    assertThat(DeploymentDocuments.show(deployment))
        .doesNotContain("word\n", "user and word")
        .contains("sasl.jaas.config: \"********\"", "ssl.key.password: \"********\"")
        .contains("s3.secret-key: \"********\"", "basic.auth.user.info: \"********\"")
        .contains("keyStorePassword=********", "s3://********@host/models");
  }

  private static List<Error> errors(String yaml) {
    JsonNode tree = new ObjectMapper().valueToTree(new Yaml(new Untimed()).load(yaml));
    return SCHEMA.validate(tree);
  }

  /** Dates stay text, as in editors, which read YAML 1.2. */
  private static final class Untimed extends SafeConstructor {
    Untimed() {
      super(new LoaderOptions());
      yamlConstructors.put(org.yaml.snakeyaml.nodes.Tag.TIMESTAMP, new ConstructYamlStr());
    }
  }
}
