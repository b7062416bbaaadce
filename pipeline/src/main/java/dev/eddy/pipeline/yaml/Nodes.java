package dev.eddy.pipeline.yaml;

import dev.eddy.settings.Shape;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Makes YAML nodes from others, in whose place they stand. */
final class Nodes {
  /** Names the value of a block in short, until it is known which setting that is. */
  static final String IN_SHORT = "";

  private static final Resolver TAGS = new Resolver();

  private Nodes() {}

  /** A block that was written in short, to which settings are added; empty where it is nothing. */
  static MappingNode inShort(Node value) {
    boolean nothing = value instanceof ScalarNode scalar && Shape.isNothing(scalar.getValue());
    return nothing ? empty(value) : mapping(IN_SHORT, value);
  }

  /**
   * A value in another's place, taken for a number or text by how it is written: quotes were there
   * for the sake of the braces, not of the value.
   */
  static ScalarNode scalar(ScalarNode old, String value) {
    return new ScalarNode(
        value.isEmpty() ? Tag.STR : TAGS.resolve(NodeId.scalar, value, true),
        value,
        old.getStartMark(),
        old.getEndMark(),
        old.getScalarStyle());
  }

  /** A name that stands where {@code value} does. */
  static Node name(String name, Node value) {
    return new ScalarNode(
        Tag.STR, name, value.getStartMark(), value.getEndMark(), ScalarStyle.PLAIN);
  }

  /** A block without settings that stands where {@code value} does. */
  static MappingNode empty(Node value) {
    return mapping(value, List.of());
  }

  /** A block of one setting that stands where its value does. */
  static MappingNode mapping(String name, Node value) {
    return mapping(value, List.of(new NodeTuple(name(name, value), value)));
  }

  /** The block in {@code node}'s place, with other entries. */
  static MappingNode mapping(Node node, List<NodeTuple> entries) {
    return new MappingNode(
        Tag.MAP, true, entries, node.getStartMark(), node.getEndMark(), FlowStyle.BLOCK);
  }

  /** The block but for one entry. */
  static MappingNode without(MappingNode block, NodeTuple entry) {
    List<NodeTuple> rest = new ArrayList<>(block.getValue());
    rest.remove(entry);
    return mapping(block, rest);
  }

  /** Whether an entry has that name. */
  static boolean isNamed(NodeTuple entry, String name) {
    return entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name);
  }

  /** Whether a node is written as a value of {@code type} is: a list, a number, or text. */
  static boolean hasForm(Node node, Class<?> type) {
    if (!(node instanceof ScalarNode scalar)) {
      return type == List.class;
    }
    boolean number = scalar.getTag().equals(Tag.FLOAT) || scalar.getTag().equals(Tag.INT);
    return number ? type == double.class : type == String.class;
  }
}
