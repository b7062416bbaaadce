package dev.eddy.model.encoding;

import dev.eddy.model.spec.InputEncoding.CategoricalFeature;
import dev.eddy.model.spec.InputEncoding.NumericFeature;
import dev.eddy.model.spec.InputEncoding.Statics;
import dev.eddy.model.spec.RawInput;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes what belongs to a key and does not change. A value is remembered from the observation
 * that brings it on; a later one takes its place. A number enters as its global score and a flag
 * that is 1 until it is known; a category one-hot, in the place of the unknown until it is known. A
 * category is remembered by a hash of its text, so that it outlives the vocabulary of a version.
 * Stateless; allocates nothing per call.
 */
final class StaticEncoder {
  private static final int PER_NUMBER = 2; // statistics: whether it is known, and the value
  private static final int NUMBER_INPUTS = 2;

  private final List<NumericFeature> numbers;
  private final Vocabulary[] vocabularies;
  private final int numericFrom; // where they begin among the numeric features
  private final int categoricalFrom; // where they begin among the categorical features
  private final int statisticsAt;

  /**
   * An encoder.
   *
   * @param numericFrom where the static ones begin among the numeric features
   * @param categoricalFrom where they begin among the categorical features
   */
  StaticEncoder(Statics statics, int numericFrom, int categoricalFrom, MemoryLayout layout) {
    this.numbers = statics.numeric();
    this.vocabularies =
        statics.categorical().stream().map(Vocabulary::new).toArray(Vocabulary[]::new);
    this.numericFrom = numericFrom;
    this.categoricalFrom = categoricalFrom;
    this.statisticsAt = layout.statics();
  }

  static int inputs(Statics statics) {
    return NUMBER_INPUTS * statics.numeric().size()
        + statics.categorical().stream().mapToInt(CategoryEncoder::inputs).sum();
  }

  /** How many statistics a key has for them. */
  static int statistics(Statics statics) {
    return PER_NUMBER * statics.numeric().size() + statics.categorical().size();
  }

  /** Takes in an observation; returns the place behind the inputs. */
  int encode(RawInput input, double[] statistics, float[] inputs, int at) {
    int inputAt = at;
    int statisticAt = statisticsAt;
    for (int i = 0; i < numbers.size(); i++) {
      double observed = input.numeric()[numericFrom + i];
      encode(numbers.get(i), observed, statistics, statisticAt, inputs, inputAt);
      inputAt += NUMBER_INPUTS;
      statisticAt += PER_NUMBER;
    }
    for (int i = 0; i < vocabularies.length; i++) {
      String observed = input.categories()[categoricalFrom + i];
      if (observed != null) {
        statistics[statisticAt] = Vocabulary.hash(observed);
      }
      inputAt = vocabularies[i].encode(statistics[statisticAt], inputs, inputAt);
      statisticAt++;
    }
    return inputAt;
  }

  private static void encode(
      NumericFeature number,
      double observed,
      double[] statistics,
      int statisticAt,
      float[] inputs,
      int at) {
    if (Double.isFinite(observed)) {
      statistics[statisticAt] = 1;
      statistics[statisticAt + 1] = observed;
    }
    boolean known = statistics[statisticAt] == 1;
    inputs[at] = known ? score(number, statistics[statisticAt + 1]) : 0;
    inputs[at + 1] = known ? 0 : 1;
  }

  private static float score(NumericFeature feature, double value) {
    double scaled = feature.log1p() ? StrictMath.log1p(Math.max(value, 0)) : value;
    return NumericEncoder.clip((scaled - feature.mean()) / feature.deviation());
  }

  /** The places of a category's values, found by their hashes. */
  private static final class Vocabulary {
    private static final long OFFSET = 0xcbf29ce484222325L; // FNV-1a
    private static final long PRIME = 0x100000001b3L;
    private static final long BITS = (1L << 52) - 1; // as many as a double holds

    private final double[]
        hashes; // [values] ascending; a value's place among the inputs is its place here

    Vocabulary(CategoricalFeature feature) {
      hashes = feature.values().stream().mapToDouble(Vocabulary::hash).sorted().toArray();
    }

    /** Never 0, which stands for a value that is not known yet. */
    static double hash(String value) {
      long hash = OFFSET;
      for (int i = 0; i < value.length(); i++) {
        hash = (hash ^ value.charAt(i)) * PRIME;
      }
      return (hash & BITS) | 1;
    }

    int encode(double hash, float[] inputs, int at) {
      int unknown = at + hashes.length;
      Arrays.fill(inputs, at, unknown + 1, 0);
      int place = Arrays.binarySearch(hashes, hash);
      inputs[place < 0 ? unknown : at + place] = 1;
      return unknown + 1;
    }
  }
}
