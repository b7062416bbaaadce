package dev.eddy.pipeline.deployment;

import dev.eddy.pipeline.yaml.SettingsBinder;
import dev.eddy.pipeline.yaml.YamlDocument;
import dev.eddy.settings.FileFault;
import dev.eddy.settings.Settings;
import dev.eddy.settings.UserMistake;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Reads a deployment from its YAML file. Relative paths begin at the folder of the file. */
public final class DeploymentFile {
  private static final Pattern URI_WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

  private DeploymentFile() {}

  /**
   * Reads a deployment.
   *
   * @param overrides settings that take the place of the file's, {@code training.updates=50}
   * @throws UserMistake with one line for everything that is wrong
   */
  public static Deployment read(Path file, List<String> overrides) {
    return withKafka(readForFiles(file, overrides), file.toString());
  }

  /** Reads a deployment of which files alone are used, so that it may name no broker and topics. */
  public static Deployment readForFiles(Path file, List<String> overrides) {
    YamlDocument document = YamlDocument.read(file, System.getenv()).with(overrides);
    Path folder = document.folder();
    return bind(document, path -> folder.resolve(path).normalize().toString());
  }

  /**
   * Reads a deployment that may lie in any file system of Flink's, where a cluster finds it.
   *
   * @param location a path, or a URI such as {@code s3://bucket/weather.yaml}
   * @throws UserMistake with one line for everything that is wrong
   */
  public static Deployment readAnywhere(String location, List<String> overrides) {
    if (!URI_WITH_SCHEME.matcher(location).matches()) {
      return read(Path.of(location), overrides);
    }
    var file = new org.apache.flink.core.fs.Path(location);
    if ("file".equals(file.toUri().getScheme())) {
      return read(Path.of(file.getPath()), overrides);
    }
    YamlDocument document =
        YamlDocument.of(Path.of(file.getName()), content(file), System.getenv()).with(overrides);
    Deployment deployment =
        bind(
            document,
            path ->
                path.startsWith("/")
                    ? path
                    : new org.apache.flink.core.fs.Path(file.getParent(), path).toString());
    return withKafka(deployment, location);
  }

  private static Deployment withKafka(Deployment deployment, String file) {
    try {
      return deployment.requireKafka();
    } catch (UserMistake e) {
      throw new UserMistake(file + ": " + e.getMessage(), e);
    }
  }

  private static byte[] content(org.apache.flink.core.fs.Path file) {
    try (var in = file.getFileSystem().open(file)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new UserMistake(
          file + ": missing (must be a YAML file that describes a deployment)", e);
    } catch (IOException e) {
      throw new UserMistake(file + ": cannot be read (" + FileFault.of(e) + ")", e);
    }
  }

  /** A store and schemas are URIs, or paths from the YAML's folder. */
  private static Deployment bind(YamlDocument document, UnaryOperator<String> fromFolder) {
    Deployment written = SettingsBinder.bind(document, Deployment.class, document.zone());
    UnaryOperator<String> place =
        location -> location.contains("://") ? location : fromFolder.apply(location);
    List<String> others = written.serving().stores().stream().map(place).toList();
    ServingSettings serving = Settings.with(written.serving(), Map.of("stores", others));
    Deployment placed =
        Settings.with(written, Map.of("store", place.apply(written.store()), "serving", serving));
    Optional<String> schema = placed.input().schema();
    if (schema.isPresent()) {
      placed = placed.withSchema(place.apply(schema.get()));
      placed.observationSchema(); // refused here where the file is at hand
    }
    Optional<String> shared = placed.input().shared().flatMap(SharedSettings::schema);
    if (shared.isPresent()) {
      placed = placed.withSharedSchema(place.apply(shared.get()));
      var unused = placed.sharedFeatures();
    }
    return placed;
  }
}
