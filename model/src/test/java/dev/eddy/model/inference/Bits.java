package dev.eddy.model.inference;

import dev.eddy.model.encoding.KeyMemory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Numbers as their bits, so that a comparison knows no tolerance and NaN equals itself. */
public final class Bits {
  private Bits() {}

  public static List<Integer> of(float[] numbers) {
    return IntStream.range(0, numbers.length)
        .mapToObj(index -> Float.floatToIntBits(numbers[index]))
        .toList();
  }

  public static List<Long> of(double[] numbers) {
    return Arrays.stream(numbers).mapToObj(Double::doubleToLongBits).toList();
  }

  public static List<List<Long>> of(List<double[]> rows) {
    return rows.stream().map(row -> of(row)).toList();
  }

  public static List<Object> of(KeyState state) {
    return List.of(
        of(state.hidden()),
        of(state.memory()),
        of(state.calibration().clocks()),
        of(state.calibration().values()));
  }

  static List<Object> of(KeyMemory memory) {
    return List.of(of(memory.statistics()), of(memory.values()));
  }

  static List<Object> ofStates(List<KeyState> states) {
    return states.stream().<Object>map(Bits::of).toList();
  }
}
