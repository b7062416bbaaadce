package dev.eddy.model.inference;

import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawInput;

/** One key driven through an encoder, its last inputs and origin at hand. */
final class EncodedKey {
  final InputEncoder encoder;
  final double[] statistics;
  final float[] memory;
  final float[] inputs;
  final float[] origin;

  EncodedKey(ModelSpec spec) {
    encoder = new InputEncoder(spec);
    statistics = encoder.freshStatistics();
    memory = encoder.freshMemory();
    inputs = new float[encoder.inputSize()];
    origin = new float[encoder.originSize()];
  }

  EncodedKey observe(RawInput input) {
    encoder.encode(input, statistics, memory, inputs, 0, origin, 0);
    return this;
  }
}
