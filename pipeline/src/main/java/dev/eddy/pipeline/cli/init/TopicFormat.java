package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.event.RecordFormat;
import dev.eddy.connectors.registry.RegistrySettings;
import dev.eddy.connectors.serde.avro.RecordFormats;
import dev.eddy.pipeline.yaml.YamlText;
import dev.eddy.settings.FileFault;
import dev.eddy.settings.Require;
import dev.eddy.settings.Settings;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * In what the records of a topic are written, as a user says it, and how a deployment says it.
 *
 * @param format that reads them
 * @param schema the file with the schema of plain Avro
 * @param registry the value of {@code registry}, where schemas are registered
 */
public record TopicFormat(
    RecordFormat format, Optional<Path> schema, Optional<Map<String, String>> registry) {

  /** Text of JSON objects. */
  public static TopicFormat json() {
    return new TopicFormat(new RecordFormat.Json(), Optional.empty(), Optional.empty());
  }

  /**
   * Avro bodies of one schema.
   *
   * @throws UserMistake when the file holds none of a record
   */
  public static TopicFormat ofSchema(Path file) {
    try {
      RecordFormat format = new RecordFormat.Avro(Files.readString(file));
      RecordFormats.require("--schema: " + file, format);
      return new TopicFormat(
          format, Optional.of(file.toAbsolutePath().normalize()), Optional.empty());
    } catch (IOException e) {
      throw new UserMistake("--schema: " + file + ": cannot be read (" + FileFault.of(e) + ")", e);
    }
  }

  /**
   * Avro whose schemas are registered.
   *
   * @param urls of the registry, with commas
   * @param auth the environment's variable with a token, or {@code USER:VARIABLE} with a password;
   *     the deployment will name the variable, and not hold what is secret
   */
  public static TopicFormat ofRegistry(String urls, Optional<String> auth) {
    List<String> url = List.of(urls.split(","));
    Map<String, Object> read = new HashMap<>(Map.of("url", url));
    Map<String, String> written = new HashMap<>(Map.of("url", YamlText.list(url)));
    auth.ifPresent(
        of -> {
          int colon = of.lastIndexOf(':');
          String variable = of.substring(colon + 1);
          if (colon >= 0) {
            read.put("user", Optional.of(of.substring(0, colon)));
            written.put("user", YamlText.of(of.substring(0, colon)));
          }
          String secret = colon >= 0 ? "password" : "token";
          read.put(secret, Optional.of(environment(variable)));
          written.put(secret, "\"${" + variable + "}\"");
        });
    RegistrySettings settings = Settings.of(RegistrySettings.class, read);
    return new TopicFormat(
        new RecordFormat.Confluent(settings.address(), "", ""),
        Optional.empty(),
        Optional.of(written));
  }

  private static String environment(String variable) {
    return Optional.ofNullable(System.getenv(variable))
        .orElseThrow(
            () ->
                Require.mistake(
                    "--registry-auth", variable, "a variable that is set in the environment"));
  }

  /**
   * The lines of {@code input} that name it.
   *
   * @param folder of the file that they stand in
   */
  List<String> input(Path folder) {
    if (registry.isPresent()) {
      return List.of("  encoding: avro-confluent");
    }
    return schema
        .map(
            file ->
                List.of(
                    "  encoding: avro",
                    "  schema: "
                        + YamlText.of(
                            folder.toAbsolutePath().normalize().relativize(file).toString())))
        .orElse(List.of());
  }

  /** The block of the registry; empty without one. */
  String block() {
    return registry
        .map(
            settings -> {
              StringBuilder block = new StringBuilder("\nregistry:\n");
              for (String name : List.of("url", "user", "password", "token")) {
                if (settings.containsKey(name)) {
                  block.append("  ").append(name).append(": ");
                  block.append(settings.get(name)).append('\n');
                }
              }
              return block.toString();
            })
        .orElse("");
  }
}
