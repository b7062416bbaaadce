package dev.eddy.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.kernel.WeightShapes;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;
import dev.eddy.model.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Both cells against numbers worked out apart from all code here: with NumPy in double precision,
 * whole vectors at a time, straight from the equations, for a stack of two layers with D = 3, H =
 * 2, O = 2 and one key that makes three observations. Every tensor holds ((7n + s) mod 11 − 5) / 8
 * at its n-th place, s being 1 + l for the weight of layer l, 2 + l for its recurrent tensor, 3 + l
 * for its bias, 5 and 6 for the head's; α is 1 with the highway's projection (layer 0) and 1.25
 * without (layer 1).
 */
class GoldenVectorsTest {
  private static final float[] INPUTS = {
    0.5f, -1f, 2f,
    -0.25f, 0.75f, -1.5f,
    1f, 1f, -0.5f
  };

  private static final float[] SRU_BEFORE = {0.3f, -0.6f, -0.2f, 0.4f};
  private static final float[] SRU_OUTPUTS = {
    0.280239656f, -0.347036614f,
    0.072323783f, -0.374326271f,
    0.191781008f, -0.330623306f
  };
  private static final float[] SRU_AFTER = {
    -0.423220902f, 0.335795237f, -0.069960717f, 0.015553035f
  };

  private static final float[] LSTM_BEFORE = {0.1f, 0.2f, 0.3f, -0.6f, -0.1f, -0.3f, -0.2f, 0.4f};
  private static final float[] LSTM_OUTPUTS = {
    0.169624546f, -0.404466322f,
    0.156518807f, -0.445492608f,
    0.147949045f, -0.465749965f
  };
  private static final float[] LSTM_AFTER = {
    0.121040484f, -0.187873608f, 0.288301986f, -0.303764684f,
    0.166200567f, 0.061197454f, 0.455477434f, 0.096920025f
  };

  @ParameterizedTest
  @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
  void sruGivesTheGoldenNumbers(EngineKind kind) {
    check(kind, CellType.SRU, SRU_BEFORE, SRU_OUTPUTS, SRU_AFTER);
  }

  @ParameterizedTest
  @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
  void lstmGivesTheGoldenNumbers(EngineKind kind) {
    check(kind, CellType.LSTM, LSTM_BEFORE, LSTM_OUTPUTS, LSTM_AFTER);
  }

  private static void check(
      EngineKind kind, CellType cell, float[] before, float[] expected, float[] after) {
    NetworkShape shape = new NetworkShape(cell, 3, 2, 2, 2);
    PackedSequence sequence = new PackedSequence(3);
    sequence.reset(new int[] {1, 1, 1}, 3);
    System.arraycopy(INPUTS, 0, sequence.inputs(), 0, INPUTS.length);
    float[] hidden = before.clone();
    float[] outputs = new float[expected.length];
    try (StepEngine engine = StepEngines.create(kind, weights(shape))) {
      engine.forward(sequence, hidden, outputs);
    }
    assertThat(outputs).containsExactly(expected, within(2e-6f));
    assertThat(hidden).containsExactly(after, within(2e-6f));
  }

  private static NetworkWeights weights(NetworkShape shape) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    WeightShapes.of(shape)
        .forEach((name, extents) -> tensors.put(name, new Tensor(extents, values(name, extents))));
    return new NetworkWeights(shape, tensors);
  }

  private static float[] values(String name, int[] extents) {
    if (name.endsWith("highway-scale")) {
      return new float[] {name.equals(WeightNames.highwayScale(0)) ? 1f : 1.25f};
    }
    int seed = name.startsWith("head") ? (name.endsWith("weight") ? 5 : 6) : layerSeed(name);
    float[] values = new float[Arrays.stream(extents).reduce(1, Math::multiplyExact)];
    for (int n = 0; n < values.length; n++) {
      values[n] = ((7 * n + seed) % 11 - 5) / 8f;
    }
    return values;
  }

  private static int layerSeed(String name) {
    int layer = name.startsWith("layers.0") ? 0 : 1;
    return layer + (name.endsWith("weight") ? 1 : name.endsWith("recurrent") ? 2 : 3);
  }
}
