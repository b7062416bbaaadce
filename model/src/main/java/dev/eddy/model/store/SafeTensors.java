package dev.eddy.model.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.model.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named float tensors in the safetensors format, which Python reads too: the header's length as
 * eight little-endian bytes; the header, a JSON object of {@code {"dtype": "F32", "shape": [...],
 * "data_offsets": [begin, end]}} by name; the values, little-endian, without gaps.
 */
final class SafeTensors {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
  private static final String METADATA = "__metadata__";

  private SafeTensors() {}

  /** The whole file. */
  static byte[] write(Map<String, Tensor> tensors) throws IOException {
    byte[] header = header(tensors);
    int padded = (header.length + 7) / 8 * 8; // so that the values are aligned
    long size = Long.BYTES + (long) padded;
    for (Tensor tensor : tensors.values()) {
      size += (long) Float.BYTES * tensor.values().length;
    }
    ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(padded).put(header);
    while (file.position() < Long.BYTES + padded) {
      file.put((byte) ' ');
    }
    for (Tensor tensor : tensors.values()) {
      file.asFloatBuffer().put(tensor.values());
      file.position(file.position() + Float.BYTES * tensor.values().length);
    }
    return file.array();
  }

  /**
   * Reads a whole file, in the order of its header.
   *
   * @throws IllegalArgumentException in one line, if it is not well formed or not all F32
   */
  static Map<String, Tensor> read(byte[] content) {
    ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    JsonNode header = header(file);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    long covered = 0;
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        Tensor tensor = tensor(entry.getKey(), entry.getValue(), file.slice());
        tensors.put(entry.getKey(), tensor);
        covered += (long) Float.BYTES * tensor.values().length;
      }
    }
    if (covered != file.remaining()) {
      throw new IllegalArgumentException(
          "values: " + file.remaining() + " bytes (must be " + covered + ", as the header says)");
    }
    return tensors;
  }

  private static byte[] header(Map<String, Tensor> tensors) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      ObjectNode description = header.putObject(entry.getKey());
      description.put("dtype", "F32");
      description.set("shape", JSON.valueToTree(tensor.shape()));
      long end = offset + (long) Float.BYTES * tensor.values().length;
      description.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    return JSON.writeValueAsBytes(header);
  }

  private static JsonNode header(ByteBuffer file) {
    if (file.remaining() < Long.BYTES) {
      throw new IllegalArgumentException(
          "length: "
              + file.remaining()
              + " bytes (must be 8 or more: the header's length comes first)");
    }
    long length = file.getLong();
    if (length < 2 || length > file.remaining()) {
      throw new IllegalArgumentException(
          "header length: " + length + " (must be 2 to " + file.remaining() + ")");
    }
    byte[] json = new byte[(int) length];
    file.get(json);
    try {
      JsonNode header = JSON.readTree(new String(json, StandardCharsets.UTF_8));
      if (!header.isObject()) {
        throw new IllegalArgumentException(
            "header: " + header.getNodeType() + " (must be an object)");
      }
      return header;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "header: " + e.getOriginalMessage() + " (must be JSON)", e);
    }
  }

  private static Tensor tensor(String name, JsonNode description, ByteBuffer values) {
    String type = description.path("dtype").asText();
    if (!type.equals("F32")) {
      throw new IllegalArgumentException("tensor " + name + ": dtype " + type + " (must be F32)");
    }
    JsonNode offsets = description.path("data_offsets");
    long begin = offsets.path(0).asLong(-1);
    long end = offsets.path(1).asLong(-1);
    int[] shape = shape(name, description.path("shape"));
    long size = bytes(shape, values.limit());
    if (begin < 0 || end > values.limit() || end - begin != size) {
      throw new IllegalArgumentException(
          "tensor %s: data_offsets %s (must span %d bytes within the %d of the file)"
              .formatted(name, offsets, size, values.limit()));
    }
    float[] numbers = new float[(int) (size / Float.BYTES)];
    ByteBuffer span = values.slice((int) begin, (int) size).order(ByteOrder.LITTLE_ENDIAN);
    span.asFloatBuffer().get(numbers);
    return new Tensor(shape, numbers);
  }

  /** Bytes of a tensor; or some number above {@code limit}, if it is larger than that. */
  private static long bytes(int[] shape, long limit) {
    long size = Float.BYTES;
    for (int extent : shape) {
      size = Math.min(size, limit + 1) * extent; // two ints and a little: cannot overflow
    }
    return size;
  }

  private static int[] shape(String name, JsonNode extents) {
    int[] shape = new int[extents.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = extents.get(i).asInt(-1);
      if (shape[i] < 0) {
        throw new IllegalArgumentException(
            "tensor " + name + ": shape " + extents + " (must be whole numbers from 0 on)");
      }
    }
    return shape;
  }
}
