package dev.eddy.benchmarks.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.spec.CellType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OnnxModelTest {

  @Test
  void a_message_is_written_as_the_documentation_of_protocol_buffers_shows() {
    assertThat(new Message().number(1, 150).toBytes()).containsExactly(0x08, 0x96, 0x01);
    assertThat(new Message().text(2, "testing").toBytes())
        .containsExactly(0x12, 0x07, 't', 'e', 's', 't', 'i', 'n', 'g');
    assertThat(new Message().message(3, new Message().number(1, 150)).toBytes())
        .containsExactly(0x1a, 0x03, 0x08, 0x96, 0x01);
    assertThat(new Message().floats(4, new float[] {1}).toBytes())
        .containsExactly(0x22, 0x04, 0x00, 0x00, 0x80, 0x3f);
  }

  @Test
  void an_lstm_is_one_node_with_its_gates_in_the_order_of_onnx() {
    StepCase step = new StepCase(CellType.LSTM, 2, 3);
    Map<Integer, List<byte[]>> graph = graph(step);
    Map<Integer, List<byte[]>> node = fields(only(graph, 1));

    assertThat(texts(node, 1)).containsExactly("x", "W", "R", "B", "", "h", "c");
    assertThat(texts(node, 2)).containsExactly("", "h'", "c'");
    assertThat(texts(node, 4)).containsExactly("LSTM");
    NetworkWeights weights = step.weights();
    float[] canonical = weights.values(WeightNames.weight(0)); // [2, i i f f g g o o]
    float[] written = floats(graph, "W"); // [8, 2], rows i i o o f f g g
    assertThat(written[2 * 2]).isEqualTo(canonical[6]);
    assertThat(written[2 * 2 + 1]).isEqualTo(canonical[8 + 6]);
    assertThat(written[6 * 2]).isEqualTo(canonical[4]);
  }

  @Test
  void a_gru_mixes_the_other_way_round_by_negated_weights_of_z() {
    StepCase step = new StepCase(CellType.GRU, 2, 1);
    Map<Integer, List<byte[]>> graph = graph(step);
    NetworkWeights weights = step.weights();
    float[] bias = weights.values(WeightNames.bias(0)); // z z r r n n m m
    float[] written = floats(graph, "B"); // twelve

    assertThat(floats(graph, "W")[0]).isEqualTo(-weights.values(WeightNames.weight(0))[0]);
    assertThat(floats(graph, "R")[0]).isEqualTo(-weights.values(WeightNames.recurrent(0))[0]);
    assertThat(written)
        .containsExactly(
            -bias[0], -bias[1], bias[2], bias[3], bias[4], bias[5], 0, 0, 0, 0, bias[6], bias[7]);
  }

  private static Map<Integer, List<byte[]>> graph(StepCase step) {
    return fields(only(fields(OnnxCells.model(step)), 7));
  }

  /** The values of an initializer. */
  private static float[] floats(Map<Integer, List<byte[]>> graph, String name) {
    for (byte[] bytes : all(graph, 5)) {
      Map<Integer, List<byte[]>> tensor = fields(bytes);
      if (texts(tensor, 8).contains(name)) {
        byte[] raw = only(tensor, 9);
        float[] values = new float[raw.length / Float.BYTES];
        ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
      }
    }
    throw new AssertionError("initializer " + name + ": none");
  }

  private static List<byte[]> all(Map<Integer, List<byte[]>> message, int field) {
    return message.getOrDefault(field, List.of());
  }

  private static byte[] only(Map<Integer, List<byte[]>> message, int field) {
    assertThat(all(message, field)).hasSize(1);
    return all(message, field).get(0);
  }

  private static List<String> texts(Map<Integer, List<byte[]>> message, int field) {
    return all(message, field).stream()
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .toList();
  }

  /** Reads a message's length-delimited fields, and skips its numbers. */
  private static Map<Integer, List<byte[]>> fields(byte[] message) {
    Map<Integer, List<byte[]>> fields = new TreeMap<>();
    ByteBuffer in = ByteBuffer.wrap(message);
    while (in.hasRemaining()) {
      long tag = varint(in);
      if ((tag & 7) == 2) {
        byte[] value = new byte[(int) varint(in)];
        in.get(value);
        fields.computeIfAbsent((int) (tag >> 3), field -> new ArrayList<>()).add(value);
      } else {
        varint(in);
      }
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
