package dev.eddy.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.SpecJson;
import dev.eddy.model.tensor.PackedSequence;
import dev.eddy.model.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that docs/python wrote say here what they said there. */
class ForeignModelTest {
  private static final Path WRITTEN = Path.of("src/test/resources/dev/eddy/model/store/python");

  @ParameterizedTest
  @ValueSource(strings = {"sru", "lstm", "gru", "rnn"})
  void a_network_of_python_says_what_it_said_there(String cell) throws IOException {
    JsonNode said = SpecJson.mapper().readTree(WRITTEN.resolve(cell + ".json").toFile());
    NetworkShape shape = SpecJson.mapper().treeToValue(said.get("network"), NetworkShape.class);
    NetworkWeights weights = ForeignModel.weights(file(cell), shape);

    float[] outputs = step(weights, floats(said.get("inputs")));

    float[] expected = floats(said.get("outputs"));
    assertThat(outputs).hasSize(expected.length);
    for (int at = 0; at < expected.length; at++) {
      assertThat(outputs[at]).as("output %d", at).isCloseTo(expected[at], within(1e-5f));
    }
  }

  @Test
  void what_is_wrong_is_refused_by_its_name() throws IOException {
    JsonNode said = SpecJson.mapper().readTree(WRITTEN.resolve("sru.json").toFile());
    NetworkShape shape = SpecJson.mapper().treeToValue(said.get("network"), NetworkShape.class);
    Map<String, Tensor> tensors = SafeTensors.read(file("sru"));

    assertRefused(shape, without(tensors, "head.bias"), "tensor head.bias: missing (must be of");
    assertRefused(
        shape,
        with(tensors, "layers.1.recurrent", new Tensor(new int[] {4, 2}, new float[8])),
        "tensor layers.1.recurrent: shape [4, 2] (must be [2, 4])");
    assertRefused(
        shape,
        with(tensors, "layers.2.bias", new Tensor(new int[] {1}, new float[1])),
        "tensor layers.2.bias: found (must not be in a network of");
    assertRefused(
        shape,
        with(tensors, "head.bias", new Tensor(new int[] {2}, new float[] {1, Float.NaN})),
        "tensor head.bias: NaN at 1 (must be finite)");
  }

  private static void assertRefused(NetworkShape shape, Map<String, Tensor> tensors, String line)
      throws IOException {
    byte[] content = SafeTensors.write(tensors);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ForeignModel.weights(content, shape))
        .withMessageStartingWith(line);
  }

  private static Map<String, Tensor> without(Map<String, Tensor> tensors, String name) {
    Map<String, Tensor> others = new LinkedHashMap<>(tensors);
    others.remove(name);
    return others;
  }

  private static Map<String, Tensor> with(Map<String, Tensor> tensors, String name, Tensor tensor) {
    Map<String, Tensor> others = new LinkedHashMap<>(tensors);
    others.put(name, tensor);
    return others;
  }

  private static byte[] file(String cell) throws IOException {
    return Files.readAllBytes(WRITTEN.resolve(cell + ".safetensors"));
  }

  /** One key, observation after observation, from zeros. */
  private static float[] step(NetworkWeights weights, float[] inputs) {
    NetworkShape shape = weights.shape();
    int steps = inputs.length / shape.inputSize();
    PackedSequence sequence = new PackedSequence(shape.inputSize());
    int[] sizes = new int[steps];
    Arrays.fill(sizes, 1);
    sequence.reset(sizes, steps);
    System.arraycopy(inputs, 0, sequence.inputs(), 0, inputs.length);
    float[] outputs = new float[steps * shape.outputSize()];
    try (StepEngine engine = StepEngines.create(StepEngines.resolve(EngineKind.SIMD), weights)) {
      engine.forward(sequence, new float[shape.stateSize()], outputs);
    }
    return outputs;
  }

  private static float[] floats(JsonNode numbers) {
    float[] values = new float[numbers.size()];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) numbers.get(at).asDouble();
    }
    return values;
  }
}
