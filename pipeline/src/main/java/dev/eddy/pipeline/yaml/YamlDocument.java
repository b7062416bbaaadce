package dev.eddy.pipeline.yaml;

import dev.eddy.settings.FileFault;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A YAML file as a tree of nodes that still know their lines, and {@code ${NAME}} or {@code
 * ${NAME:-default}} in a value filled in from the environment.
 *
 * @param file where it was read
 * @param root its outermost mapping
 * @param environment what {@code ${NAME}} stands for
 */
public record YamlDocument(Path file, MappingNode root, Map<String, String> environment) {
  private static final String OVERRIDE = "'string'"; // what SnakeYAML calls text that is no file

  private static final List<String> PASSED_AS_IS = List.of("kafka.", "flink.");
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\}");

  // What is closed and no variable may be meant for Kafka's own providers.
  private static final Pattern UNCLOSED = Pattern.compile("\\$\\{(?:(?!\\$\\{)[^}])*(?:\\$\\{|$)");

  /**
   * Reads a file.
   *
   * @throws UserMistake in one line, when there is no such file or it is not YAML
   */
  public static YamlDocument read(Path file, Map<String, String> environment) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UserMistake(file + ": missing (must be a YAML file that describes a deployment)");
    } catch (IOException e) {
      throw new UserMistake(file + ": cannot be read (" + FileFault.of(e) + ")", e);
    }
    return of(file, content, environment);
  }

  /**
   * Reads the content of a file.
   *
   * @throws UserMistake in one line, when it is not YAML in UTF-8
   */
  public static YamlDocument of(Path file, byte[] content, Map<String, String> environment) {
    return new YamlDocument(file, compose(file, text(file, content)), environment);
  }

  private static String text(Path file, byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content);
    CharBuffer text = CharBuffer.allocate(content.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(in, text, true).isError()) {
      String before = text.flip().toString();
      long line = before.chars().filter(each -> each == '\n').count() + 1;
      throw new UserMistake(
          "%s:%d: byte %02X (must be text in UTF-8)".formatted(file, line, in.get(in.position())));
    }
    return text.flip().toString();
  }

  private static MappingNode compose(Path file, String text) {
    Node node;
    try {
      node = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new UserMistake(file + ":" + line + ": not YAML (" + e.getProblem() + ")");
    } catch (YAMLException e) {
      throw new UserMistake(file + ": not YAML (" + firstLine(e.getMessage()) + ")");
    }
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    throw new UserMistake(file + ": no settings (must be a mapping such as `name: weather`)");
  }

  private static String firstLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }

  /** The folder of the file: relative paths within it begin there. */
  public Path folder() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? Path.of("") : parent;
  }

  /** Where {@code node} is, {@code weather.yaml:12}, or {@code --set}. */
  String place(Node node) {
    if (node.getStartMark().getName().equals(OVERRIDE)) {
      return "--set";
    }
    return file.getFileName() + ":" + (node.getStartMark().getLine() + 1);
  }

  /**
   * Fills in the environment's variables.
   *
   * @throws IllegalArgumentException when a variable is not set and has no default, or is not
   *     closed
   */
  String substitute(String text) {
    if (UNCLOSED.matcher(text).find()) {
      throw new IllegalArgumentException("must close each ${ with }, as in ${NAME}");
    }
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String value = environment.getOrDefault(matcher.group(1), matcher.group(2));
      if (value == null) {
        throw new IllegalArgumentException(
            "needs the environment variable " + matcher.group(1) + ", which is not set");
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(filled).toString();
  }

  /**
   * The same document with some settings replaced or added.
   *
   * @param overrides each {@code path.of.setting=value}, the value in YAML
   * @throws UserMistake in one line, when one is not of that form
   */
  public YamlDocument with(List<String> overrides) {
    MappingNode changed = root;
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals < 1) {
        throw new UserMistake("--set " + override + ": no setting (must be like model.hidden=32)");
      }
      Node value = composeOverride(override.substring(equals + 1));
      if (value == null) {
        throw new UserMistake("--set " + override + ": no value (must be like model.hidden=32)");
      }
      List<String> path = path(override.substring(0, equals));
      changed = replaced(changed, path, value);
    }
    return new YamlDocument(file, changed, environment);
  }

  private static @Nullable Node composeOverride(String value) {
    LoaderOptions options = new LoaderOptions();
    try {
      return new Composer(new ParserImpl(new StreamReader(value), options), new Resolver(), options)
          .getSingleNode();
    } catch (YAMLException e) {
      throw new UserMistake("--set: " + value + ": not YAML (" + firstLine(e.getMessage()) + ")");
    }
  }

  /** The keys of a block that is passed on as it is have dots of their own. */
  private static List<String> path(String setting) {
    int levels = PASSED_AS_IS.stream().anyMatch(setting::startsWith) ? 2 : -1;
    return List.of(setting.split("\\.", levels));
  }

  private static MappingNode replaced(MappingNode node, List<String> path, Node value) {
    List<NodeTuple> entries = new ArrayList<>();
    boolean found = false;
    for (NodeTuple entry : node.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(path.get(0))) {
        entries.add(
            new NodeTuple(overridden(path, key, value), inner(entry.getValueNode(), path, value)));
        found = true;
      } else {
        entries.add(entry);
      }
    }
    if (!found) {
      entries.add(
          new NodeTuple(Nodes.name(path.get(0), value), inner(Nodes.empty(value), path, value)));
    }
    return Nodes.mapping(node, entries);
  }

  /** The setting itself stands where its value does, the blocks around it where they did. */
  private static Node overridden(List<String> path, Node key, Node value) {
    return path.size() == 1 ? Nodes.name(path.get(0), value) : key;
  }

  private static Node inner(Node old, List<String> path, Node value) {
    List<String> rest = path.subList(1, path.size());
    if (rest.isEmpty()) {
      return value;
    }
    return replaced(old instanceof MappingNode mapping ? mapping : Nodes.inShort(old), rest, value);
  }

  /** The zone that {@code input.zone} names, in which the file's dates are read; else UTC. */
  public ZoneId zone() {
    Node zone = child(child(root, "input"), "zone");
    try {
      return zone instanceof ScalarNode scalar
          ? ZoneId.of(substitute(scalar.getValue()))
          : ZoneOffset.UTC;
    } catch (DateTimeException | IllegalArgumentException e) {
      return ZoneOffset.UTC; // binding the setting itself says what is wrong
    }
  }

  private static @Nullable Node child(@Nullable Node node, String name) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (Nodes.isNamed(entry, name)) {
          return entry.getValueNode();
        }
      }
    }
    return null;
  }
}
