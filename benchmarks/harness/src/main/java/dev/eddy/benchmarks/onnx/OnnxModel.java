package dev.eddy.benchmarks.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * An ONNX model of a few nodes over float tensors. Field numbers are those of {@code onnx.proto3}.
 */
final class OnnxModel {
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;
  private static final int FLOAT = 1;
  private static final int INT_ATTRIBUTE = 2;

  private final List<Message> nodes = new ArrayList<>();
  private final List<Message> initializers = new ArrayList<>();
  private final List<Message> inputs = new ArrayList<>();
  private final List<Message> outputs = new ArrayList<>();

  /** An attribute of a node. */
  record Attribute(String name, long value) {}

  /** Adds an operation; an empty name among inputs or outputs is one that is left out. */
  OnnxModel node(String operation, List<String> from, List<String> to, Attribute... attributes) {
    Message node = new Message();
    from.forEach(name -> node.text(1, name));
    to.forEach(name -> node.text(2, name));
    node.text(4, operation);
    for (Attribute attribute : attributes) {
      node.message(
          5,
          new Message()
              .text(1, attribute.name())
              .number(3, attribute.value())
              .number(20, INT_ATTRIBUTE));
    }
    nodes.add(node);
    return this;
  }

  /** Adds a weight, row-major. */
  OnnxModel weight(String name, float[] values, long... extents) {
    Message tensor = new Message();
    for (long extent : extents) {
      tensor.number(1, extent);
    }
    initializers.add(tensor.number(2, FLOAT).text(8, name).floats(9, values));
    return this;
  }

  /** Adds an input. */
  OnnxModel input(String name, long... extents) {
    inputs.add(value(name, extents));
    return this;
  }

  /** Adds an output. */
  OnnxModel output(String name, long... extents) {
    outputs.add(value(name, extents));
    return this;
  }

  private static Message value(String name, long... extents) {
    Message shape = new Message();
    for (long extent : extents) {
      shape.message(1, new Message().number(1, extent));
    }
    Message tensor = new Message().number(1, FLOAT).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** The model as a file would hold it. */
  byte[] toBytes() {
    Message graph = new Message();
    nodes.forEach(node -> graph.message(1, node));
    graph.text(2, "eddy");
    initializers.forEach(tensor -> graph.message(5, tensor));
    inputs.forEach(value -> graph.message(11, value));
    outputs.forEach(value -> graph.message(12, value));
    return new Message()
        .number(1, IR_VERSION)
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, OPSET))
        .toBytes();
  }
}
