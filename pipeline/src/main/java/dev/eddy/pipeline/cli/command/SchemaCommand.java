package dev.eddy.pipeline.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.connectors.event.RecordEncoding;
import dev.eddy.connectors.event.RecordFormat;
import dev.eddy.connectors.registry.SchemaRegistry;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentFormats;
import dev.eddy.settings.FileFault;
import dev.eddy.settings.Require;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eddy schema}: the Avro schemas of a deployment's records. */
@Command(
    name = "schema",
    description = {
      "Prints the Avro schemas of a deployment's observations and predictions.",
      "They are made of its settings, whatever records are written in; with input.schema the",
      "observations' is that."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SchemaCommand extends EddyCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration REGISTRY = Duration.ofSeconds(10);
  private static final String OBSERVATIONS = "observations";
  private static final String PREDICTIONS = "predictions";

  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "WHICH",
      description = "observations or predictions; both unless given.")
  private @Nullable String which;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Writes them to files in that folder: observations.avsc, predictions.avsc.")
  private @Nullable Path out;

  @Option(
      names = "--register",
      description = {
        "Registers those of avro-confluent records, under TOPIC-value, if the registry finds them",
        "compatible with the versions before."
      })
  private boolean register;

  @Override
  public Integer call() {
    Deployment deployment = deploymentFile.read();
    Map<String, String> schemas = schemas(deployment);
    Map<String, Object> result = new LinkedHashMap<>();
    schemas.forEach((name, schema) -> result.put(name, tree(schema)));
    if (out != null) {
      result.put("written", write(out, schemas));
    }
    if (register) {
      result.put("registered", register(deployment, schemas));
    }
    if (out == null && !register) {
      schemas.values().forEach(schema -> pretty(schema).lines().forEach(console()::line));
    }
    json(result);
    return 0;
  }

  private Map<String, String> schemas(Deployment deployment) {
    String word = which == null ? "" : which;
    Require.that(
        List.of("", OBSERVATIONS, PREDICTIONS).contains(word),
        "WHICH",
        word,
        "observations or predictions");
    Map<String, String> schemas = new LinkedHashMap<>();
    if (!word.equals(PREDICTIONS)) {
      RecordFormat format = deployment.observationSchema().layout().format();
      schemas.put(
          OBSERVATIONS,
          format instanceof RecordFormat.Avro avro
              ? avro.schema()
              : DeploymentFormats.observationSchema(deployment));
    }
    if (!word.equals(OBSERVATIONS)) {
      schemas.put(PREDICTIONS, DeploymentFormats.predictionSchema(deployment));
    }
    return schemas;
  }

  private List<String> write(Path folder, Map<String, String> schemas) {
    List<String> written = new ArrayList<>();
    for (Map.Entry<String, String> each : schemas.entrySet()) {
      Path file = folder.resolve(each.getKey() + ".avsc");
      try {
        Files.createDirectories(folder);
        Files.writeString(file, pretty(each.getValue()) + "\n");
      } catch (IOException e) {
        throw new UserMistake(
            "--out: " + file + ": cannot be written (" + FileFault.of(e) + ")", e);
      }
      console().line("wrote " + file);
      written.add(file.toString());
    }
    return written;
  }

  private Map<String, Integer> register(Deployment deployment, Map<String, String> schemas) {
    Map<String, String> subjects = subjects(deployment);
    subjects.keySet().retainAll(schemas.keySet());
    Require.that(
        !subjects.isEmpty(), "--register", "no avro-confluent records", "some, to have schemas");
    SchemaRegistry registry =
        new SchemaRegistry(deployment.registry().orElseThrow().address().within(REGISTRY));
    Map<String, Integer> registered = new LinkedHashMap<>();
    for (Map.Entry<String, String> each : subjects.entrySet()) {
      String schema = schemas.getOrDefault(each.getKey(), "");
      List<String> obstacles = registry.obstacles(each.getValue(), schema);
      if (!obstacles.isEmpty()) {
        throw new UserMistake(
            each.getValue()
                + ": "
                + String.join("; ", obstacles)
                + " (must be compatible with the latest version)");
      }
      int id = registry.register(each.getValue(), schema);
      registered.put(each.getValue(), id);
      console().line(each.getValue() + ": id " + id);
    }
    return registered;
  }

  /** Of what is registered. */
  private static Map<String, String> subjects(Deployment deployment) {
    Map<String, String> subjects = new LinkedHashMap<>();
    if (deployment.input().encoding() == RecordEncoding.AVRO_CONFLUENT) {
      subjects.put(OBSERVATIONS, DeploymentFormats.observationSubject(deployment));
    }
    if (deployment.output().encoding() == RecordEncoding.AVRO_CONFLUENT) {
      subjects.put(PREDICTIONS, DeploymentFormats.predictionSubject(deployment));
    }
    return subjects;
  }

  private static JsonNode tree(String schema) {
    try {
      return JSON.readTree(schema);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a schema is no JSON", e);
    }
  }

  private static String pretty(String schema) {
    return tree(schema).toPrettyString();
  }
}
