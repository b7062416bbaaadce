package dev.eddy.model.encoding;

import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawInput;

/** One key driven through an encoder, its last inputs and origin at hand. */
public final class EncodedKey {
  public final InputEncoder encoder;
  public final KeyMemory memory;
  public final float[] inputs;
  public final double[] origin;

  public EncodedKey(ModelSpec spec) {
    this(spec, new InputEncoder(spec).fresh());
  }

  /** A key that goes on from what is remembered of it. */
  EncodedKey(ModelSpec spec, KeyMemory memory) {
    encoder = new InputEncoder(spec);
    this.memory = memory;
    inputs = new float[encoder.inputSize()];
    origin = new double[encoder.originSize()];
  }

  public EncodedKey observe(RawInput input) {
    encoder.encode(input, memory, inputs, 0, origin, 0);
    return this;
  }
}
