package dev.eddy.model.encoding;

import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawInput;

/** One key driven through an encoder, its last inputs and origin at hand. */
public final class EncodedKey {
  public final InputEncoder encoder;
  public final double[] statistics;
  final float[] memory;
  public final float[] inputs;
  public final float[] origin;

  public EncodedKey(ModelSpec spec) {
    encoder = new InputEncoder(spec);
    statistics = encoder.freshStatistics();
    memory = encoder.freshMemory();
    inputs = new float[encoder.inputSize()];
    origin = new float[encoder.originSize()];
  }

  public EncodedKey observe(RawInput input) {
    encoder.encode(input, statistics, memory, inputs, 0, origin, 0);
    return this;
  }
}
