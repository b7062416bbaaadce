package dev.eddy.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a collected JVM holds beside its objects; of both task managers, the more.
 *
 * @param metaspace of its classes, bytes
 * @param threads how many it has
 */
record Footprint(long metaspace, long threads) {
  /** What the classes of one job take is twice as much. */
  private static final long CLASSES = 10 << 20;

  private static final long THREADS = 4; // that come and go
  private static final Pattern METASPACE = Pattern.compile("Metaspace +used (\\d+)K");

  static Footprint of(FlinkCluster cluster) {
    Footprint one = of(cluster.taskManager(1).process());
    Footprint other = of(cluster.taskManager(2).process());
    return new Footprint(
        Math.max(one.metaspace, other.metaspace), Math.max(one.threads, other.threads));
  }

  private static Footprint of(JavaProcess process) {
    process.diagnose("GC.run");
    process.diagnose("GC.run"); // after finalizers have run
    Matcher used = METASPACE.matcher(process.diagnose("GC.heap_info"));
    if (!used.find()) {
      throw new AssertionError(process.name() + ": no metaspace told");
    }
    long threads =
        process.diagnose("Thread.print").lines().filter(line -> line.startsWith("\"")).count();
    return new Footprint(Long.parseLong(used.group(1)) << 10, threads);
  }

  /** Whether it is no more than that, but for what comes and goes. */
  boolean isAs(Footprint limit) {
    return metaspace < limit.metaspace + CLASSES && threads <= limit.threads + THREADS;
  }

  @Override
  public String toString() {
    return "%.1f MB of metaspace, %d threads".formatted(metaspace / 1048576.0, threads);
  }
}
