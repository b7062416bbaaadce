package dev.eddy.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the figures were measured on. */
public final class Machine {
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** In a line: processor, cores, operating system, Java, day. */
  public static String describe() {
    return String.format(
        Locale.ROOT,
        "%s, %d processors; %s %s; Java %s; %s",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        Runtime.version(),
        LocalDate.now(ZoneOffset.UTC));
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(PROCESSOR)) {
      return processor(lines.takeWhile(line -> !line.isBlank()));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  /** From the description of the first processor. */
  static String processor(Stream<String> lines) {
    Map<String, String> fields = new TreeMap<>();
    lines
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> fields.put(parts[0].strip(), parts[1].strip()));
    String flags = " " + fields.getOrDefault("flags", "") + " ";
    String width =
        flags.contains(" avx512f ") ? "AVX-512" : flags.contains(" avx2 ") ? "AVX2" : "no AVX2";
    return String.format(
        Locale.ROOT,
        "%s (family %s, model %s, %s)",
        fields.getOrDefault("model name", System.getProperty("os.arch")),
        fields.getOrDefault("cpu family", "?"),
        fields.getOrDefault("model", "?"),
        width);
  }
}
