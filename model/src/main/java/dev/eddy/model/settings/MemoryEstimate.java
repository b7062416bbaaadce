package dev.eddy.model.settings;

import dev.eddy.settings.UserMistake;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/**
 * Says how much memory something will take, before it is taken, and which setting asks for most.
 *
 * @param of what takes it
 * @param heap bytes of the JVM's heap
 * @param outside bytes outside it, of native libraries
 * @param addressable whether no array of it would be longer than the JVM can make one
 * @param largest the setting that is the furthest above what is usual, and its value
 */
public record MemoryEstimate(
    String of, long heap, long outside, boolean addressable, Map.Entry<String, Object> largest) {

  /**
   * A setting that multiplies the memory.
   *
   * @param usual its usual value
   */
  public record Factor(String setting, long value, long usual) {}

  /** The factor that is the furthest above what is usual. */
  public static Map.Entry<String, Object> largest(Factor... factors) {
    return Arrays.stream(factors)
        .max(Comparator.comparingDouble(each -> (double) each.value() / each.usual()))
        .map(each -> Map.entry(each.setting(), (Object) each.value()))
        .orElseThrow();
  }

  /**
   * Refuses what cannot be had.
   *
   * @param mostHeap bytes that the JVM's heap may take
   * @param mostOutside bytes that native libraries may take
   * @throws UserMistake naming the largest factor
   */
  public MemoryEstimate require(long mostHeap, long mostOutside) {
    String most = null;
    if (!addressable) {
      most = "arrays of at most 2^31 numbers";
    } else if (heap > mostHeap) {
      most = size(heap) + " of the heap's " + size(mostHeap);
    } else if (outside > mostOutside) {
      most = size(outside) + " of the " + size(mostOutside) + " beside the heap";
    }
    if (most == null) {
      return this;
    }
    throw new UserMistake(
        largest.getKey()
            + ": "
            + largest.getValue()
            + " (must be less: "
            + of
            + " would take "
            + (addressable ? "about " + most + ", which -Xmx in EDDY_JAVA_OPTS sets" : most)
            + ")");
  }

  /** Refuses what this JVM cannot have; its native libraries may take as much as its heap. */
  public MemoryEstimate require() {
    long most = Runtime.getRuntime().maxMemory();
    return require(most, most);
  }

  /** In words: {@code training takes about 210 MB of the heap and 90 MB beside it}. */
  public String describe() {
    return of
        + " takes about "
        + size(heap)
        + " of the heap"
        + (outside > 0 ? " and " + size(outside) + " beside it" : "");
  }

  /** Bytes in words, such as {@code 1.5 GB}. */
  public static String size(long bytes) {
    double size = bytes;
    String[] units = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
    int unit = 0;
    while (size >= 1000 && unit < units.length - 1) {
      size /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 || size >= 10 ? "%.0f" : "%.1f", size)
        + " "
        + units[unit];
  }
}
