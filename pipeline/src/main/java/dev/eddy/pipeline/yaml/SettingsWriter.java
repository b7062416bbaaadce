package dev.eddy.pipeline.yaml;

import dev.eddy.settings.Declaration;
import dev.eddy.settings.Durations;
import dev.eddy.settings.Shape;
import dev.eddy.settings.Words;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes settings as YAML that binds to the same settings, those at their default marked so. */
public final class SettingsWriter {
  /** What stands for a value that nobody may read. */
  public static final String SECRET = "********";

  private static final Pattern USER = Pattern.compile("://[^/@\\s]+@");
  private static final Pattern PASSWORD =
      Pattern.compile("(?i)((?:passw(?:or)?d|pwd|passphrase|secret|token)=)[^&;,\\s]+");

  private final Predicate<String> secret;
  private final StringBuilder yaml = new StringBuilder();

  private SettingsWriter(Predicate<String> secret) {
    this.secret = secret;
  }

  /**
   * Writes every setting of a record.
   *
   * @param secret which paths of settings hold what nobody may read
   */
  public static String write(Record settings, Predicate<String> secret) {
    SettingsWriter writer = new SettingsWriter(secret);
    writer.block(settings, "", "");
    return writer.yaml.toString();
  }

  private void block(Object settings, String indent, String path) {
    for (Declaration setting : Declaration.of(settings.getClass())) {
      Object value = setting.valueIn(settings);
      Object content = Shape.content(value);
      boolean standard = setting.standard().equals(Optional.of(value));
      boolean optional = setting.shape().kind() == Shape.Kind.OPTIONAL;
      String name = indent + setting.name() + ":";
      String comment = standard ? "  # default" : "";
      if (optional && isNothing(value)) {
        yaml.append(name).append(' ').append(nothing(setting)).append(comment).append('\n');
      } else {
        Shape shape = optional ? setting.shape().element() : setting.shape();
        entry(name, shape, content, path + setting.name(), comment);
      }
    }
  }

  private static boolean isNothing(Object value) {
    return value.equals(Optional.empty()) || value.equals(OptionalInt.empty());
  }

  /** The word for nothing that the setting's default uses, if it does. */
  private static String nothing(Declaration setting) {
    String standard = setting.setting().byDefault()[0];
    return Shape.isNothing(standard) ? standard : "none";
  }

  private void entry(String name, Shape shape, Object value, String path, String comment) {
    String indent = " ".repeat(name.length() - name.stripLeading().length() + 2);
    switch (shape.kind()) {
      case BLOCK -> {
        yaml.append(name).append('\n');
        block(value, indent, path + ".");
      }
      case CHOICE -> {
        yaml.append(name).append('\n').append(indent).append("by: ");
        yaml.append(word(shape, value)).append('\n');
        block(value, indent, path + ".");
      }
      case MAP -> map(name, (Map<?, ?>) value, indent, path);
      default -> {
        String shown = secret.test(path) ? YamlText.of(SECRET) : text(shape, value);
        yaml.append(name).append(' ').append(shown).append(comment).append('\n');
      }
    }
  }

  private void map(String name, Map<?, ?> entries, String indent, String path) {
    yaml.append(name).append(entries.isEmpty() ? " {}\n" : "\n");
    new TreeMap<>(entries)
        .forEach( // in one order always
            (key, value) -> {
              String shown =
                  secret.test(path + "." + key) ? SECRET : withoutPasswords(value.toString());
              yaml.append(indent).append(YamlText.of(key.toString())).append(": ");
              yaml.append(YamlText.of(shown)).append('\n');
            });
  }

  private static String word(Shape choice, Object value) {
    return choice.choices().entrySet().stream()
        .filter(each -> each.getValue() == value.getClass())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private static String text(Shape shape, Object value) {
    return switch (shape.kind()) {
      case LIST -> {
        List<String> each =
            ((List<?>) value).stream().map(one -> text(shape.element(), one)).toList();
        boolean inShort = shape.element().kind() == Shape.Kind.BLOCK && each.size() == 1;
        yield inShort ? each.get(0) : each.stream().collect(Collectors.joining(", ", "[", "]"));
      }
      case BLOCK -> inOneLine(value);
      case FORMS -> {
        Declaration only = Declaration.of(value.getClass()).get(0);
        yield text(only.shape(), only.valueIn(value));
      }
      default -> scalar(value);
    };
  }

  /** A block of a list: in short where it can be, else what is not at its default. */
  private static String inOneLine(Object block) {
    String inShort = Declaration.block(block.getClass()).inShort();
    List<Declaration> given =
        Declaration.of(block.getClass()).stream()
            .filter(each -> !each.standard().equals(Optional.of(each.valueIn(block))))
            .toList();
    if (given.stream().allMatch(each -> each.name().equals(inShort)) && !inShort.isEmpty()) {
      Declaration only = Declaration.of(block.getClass(), inShort);
      return text(only.shape(), only.valueIn(block));
    }
    return given.stream()
        .map(each -> each.name() + ": " + text(content(each), Shape.content(each.valueIn(block))))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static Shape content(Declaration setting) {
    Shape shape = setting.shape();
    return shape.kind() == Shape.Kind.OPTIONAL ? shape.element() : shape;
  }

  private static String scalar(Object value) {
    if (value instanceof Enum<?> constant) {
      return Words.of(constant);
    }
    if (value instanceof Duration duration) {
      return Durations.format(duration);
    }
    return value instanceof Number || value instanceof Boolean
        ? value.toString()
        : YamlText.of(withoutPasswords(value.toString()));
  }

  /** A text without what stands for a password in it: {@code s3://…@host}, {@code password=…}. */
  private static String withoutPasswords(String text) {
    return PASSWORD
        .matcher(USER.matcher(text).replaceAll("://" + SECRET + "@"))
        .replaceAll("$1" + SECRET);
  }
}
