package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.eddy.pipeline.passed.PassedToFlink;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The resources for Flink's Kubernetes operator name nothing that is not there. */
class FlinkOperatorTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path ROOT = Path.of(System.getProperty("eddy.root", ".."));

  private static List<JsonNode> resources() throws IOException {
    try (var all =
        YAML.readerFor(JsonNode.class)
            .<JsonNode>readValues(ROOT.resolve("docker/flink-operator.yaml").toFile())) {
      return all.readAll();
    }
  }

  @Test
  void are_an_application_and_a_job_of_a_session() throws IOException {
    assertThat(resources())
        .extracting(each -> each.get("kind").asText())
        .containsExactly("FlinkDeployment", "FlinkSessionJob");
  }

  @Test
  void begin_the_job_jars_main_class() throws IOException {
    String pom = Files.readString(ROOT.resolve("pipeline/pom.xml"));
    assertThat(resources())
        .extracting(each -> each.at("/spec/job/entryClass").asText())
        .containsOnly(StreamingJob.class.getName());
    assertThat(pom).contains("<mainClass>" + StreamingJob.class.getName() + "</mainClass>");
  }

  @Test
  void give_it_arguments_that_it_knows() throws IOException {
    for (JsonNode each : resources()) {
      List<String> arguments =
          YAML.convertValue(each.at("/spec/job/args"), new TypeReference<List<String>>() {});

      Throwable refused = catchThrowable(() -> StreamingJob.main(arguments.toArray(String[]::new)));

      // Of the file it says that it is not here, and of the arguments nothing.
      assertThat(refused)
          .isInstanceOf(UserMistake.class)
          .hasMessageStartingWith("/opt/eddy/weather.yaml");
    }
  }

  @Test
  void mount_the_file_and_copy_the_jar_where_they_say() throws IOException {
    JsonNode application = resources().get(0).get("spec");
    String text = Files.readString(ROOT.resolve("docker/flink-operator.yaml"));
    JsonNode pod = application.at("/podTemplate/spec");
    assertThat(pod.at("/containers/0/volumeMounts/0/mountPath").asText()).isEqualTo("/opt/eddy");
    assertThat(pod.at("/containers/0/volumeMounts/0/name")).isEqualTo(pod.at("/volumes/0/name"));
    assertThat(text)
        .contains(
            "configmap "
                + pod.at("/volumes/0/configMap/name").asText()
                + " --from-file=weather.yaml")
        .contains(
            "COPY pipeline/target/eddy-pipeline-*-job.jar "
                + application.at("/job/jarURI").asText().substring("local://".length()));
  }

  @Test
  void set_what_flink_knows() throws IOException {
    Map<String, String> flink =
        YAML.convertValue(
            resources().get(0).at("/spec/flinkConfiguration"),
            new TypeReference<Map<String, String>>() {});
    PassedToFlink.require(flink);
    assertThat(PassedToFlink.unknown(flink)).isEmpty();
    assertThat(flink).containsEntry("env.java.opts.all", "--add-modules jdk.incubator.vector");
  }
}
