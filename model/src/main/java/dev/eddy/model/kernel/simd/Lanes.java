package dev.eddy.model.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** The machine's vectors. Results never depend on their length. */
public final class Lanes {
  public static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> INTS =
      IntVector.SPECIES_PREFERRED.withShape(FLOATS.vectorShape());

  /** Floats in a vector. */
  public static final int LENGTH = FLOATS.length();

  /**
   * Whether there are 32 vector registers, as in AVX-512 and on AArch64 (whose vectors may be short
   * all the same), and not 16.
   */
  public static final boolean MANY_REGISTERS =
      LENGTH >= 16 || "aarch64".equals(System.getProperty("os.arch"));

  private Lanes() {}

  /** {@code size} rounded up to whole vectors. */
  public static int padded(int size) {
    return (size + LENGTH - 1) / LENGTH * LENGTH;
  }

  /**
   * The column of one block's unit where the blocks of as many units as a vector holds stand side
   * by side.
   */
  static int inPanels(int unit, int block, int blocks) {
    return (unit / LENGTH * blocks + block) * LENGTH + unit % LENGTH;
  }
}
