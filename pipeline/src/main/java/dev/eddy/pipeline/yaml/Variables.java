package dev.eddy.pipeline.yaml;

import dev.eddy.settings.Declaration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Puts the environment's variables into values once, before anything is made of how a value is
 * written: {@code ${HORIZONS}} may be a range, {@code ${SPLIT}} a number or {@code none}.
 */
final class Variables {
  private final YamlDocument document;
  private final Set<Node> filled = Collections.newSetFromMap(new IdentityHashMap<>());

  Variables(YamlDocument document) {
    this.document = document;
  }

  /** A value with its variables; as it is where one is missing, which {@link #text} says. */
  Node fill(Node node) {
    if (!(node instanceof ScalarNode scalar) || filled.contains(node)) {
      return node;
    }
    try {
      String text = document.substitute(scalar.getValue());
      Node found = text.equals(scalar.getValue()) ? node : Nodes.scalar(scalar, text);
      filled.add(found);
      return found;
    } catch (IllegalArgumentException e) {
      return node;
    }
  }

  /** The values of a list, or the one that stands for a list of one. */
  List<Node> each(Node node) {
    Node whole = fill(node);
    return whole instanceof SequenceNode many
        ? many.getValue().stream().map(this::fill).toList()
        : List.of(whole);
  }

  /**
   * What a value says.
   *
   * @throws IllegalArgumentException when a variable is not set and has no default
   */
  String text(ScalarNode node) {
    return filled.contains(node) ? node.getValue() : document.substitute(node.getValue());
  }

  /**
   * The first whole number out of its bounds, found before a value is made of it: it may be too
   * large for its type, or the end of a range that would fill the memory.
   */
  Optional<String> outside(Node node, Declaration setting) {
    return each(node).stream()
        .filter(ScalarNode.class::isInstance)
        .map(Problems::kind)
        .filter(written -> !Ranges.ends(written).stream().allMatch(setting::admitsWritten))
        .findFirst();
  }
}
