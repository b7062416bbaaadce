package dev.eddy.pipeline.evaluation.window;

import dev.eddy.pipeline.evaluation.EvaluationSettings;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Keeps the sums of the windows that event time has not closed. A window is closed when event time
 * is past its end by the lateness that the deployment allows; what belongs to a closed one is added
 * to the oldest that is open, and counted as late. Confined to one thread.
 */
public final class OpenWindows {
  private final long length;
  private final long lateness;
  private final Map<Place, WindowSums> open = new TreeMap<>();
  private final IdentityHashMap<Scored, WindowSums> newest =
      new IdentityHashMap<>(); // of what was asked for
  private long closedUntil = Long.MIN_VALUE; // windows that start before are closed

  /** In the order in which they close, so that sums are the same again. */
  private record Place(long window, Scored of) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byWindow = Long.compare(window, other.window);
      return byWindow != 0 ? byWindow : of.compareTo(other.of);
    }
  }

  public OpenWindows(EvaluationSettings settings) {
    length = settings.window().toMillis();
    lateness = settings.lateness().toMillis();
  }

  /** Length of a window, milliseconds. */
  public long length() {
    return length;
  }

  /** Whether what happened at {@code time} belongs to a window that is closed. */
  public boolean isLate(long time) {
    return time < closedUntil;
  }

  /** The sums of a version to which what happened at {@code time} is added. */
  public WindowSums at(long time, Scored of) {
    long window = window(time);
    WindowSums known = newest.get(of);
    if (known == null || known.window() != window) {
      known = here(window, of);
      newest.put(of, known);
    }
    return known;
  }

  private long window(long time) {
    return Math.floorDiv(Math.max(time, closedUntil), length) * length;
  }

  private WindowSums here(long window, Scored of) {
    return open.computeIfAbsent(new Place(window, of), place -> new WindowSums(window, of));
  }

  /** Adds what a subtask has summed. Each brings its own copy of the version, which is not kept. */
  public void add(WindowSums sums) {
    WindowSums here = here(window(sums.window()), sums.of());
    here.add(sums);
    if (isLate(sums.window())) {
      here.late(sums.count() - sums.late());
    }
  }

  /** Takes out the windows that event time closes by having come to {@code watermark}. */
  public List<WindowSums> close(long watermark) {
    if (watermark == Long.MAX_VALUE) { // the end, which is no time
      return drain();
    }
    long least = Long.MIN_VALUE + lateness + length; // before it, nothing can be closed
    long until = Math.floorDiv(Math.max(watermark, least) - lateness, length) * length;
    closedUntil = Math.max(closedUntil, until);
    return take(sums -> sums.window() < closedUntil);
  }

  /** What a checkpoint holds: it is written while more is added here. */
  public List<WindowSums> copies() {
    return open.values().stream().map(WindowSums::copy).toList();
  }

  /** Takes out all, though more may come of each. */
  public List<WindowSums> drain() {
    return take(sums -> true);
  }

  private List<WindowSums> take(Predicate<WindowSums> which) {
    List<WindowSums> taken = new ArrayList<>();
    Iterator<WindowSums> oldest = open.values().iterator();
    while (oldest.hasNext()) {
      WindowSums sums = oldest.next();
      if (!which.test(sums)) {
        break; // nor are the later ones
      }
      oldest.remove();
      taken.add(sums);
    }
    if (!taken.isEmpty()) {
      newest.clear();
    }
    taken.removeIf(sums -> sums.answers() == 0 && sums.count() == 0);
    return taken;
  }

  /** Goes on with what a checkpoint held. */
  public void restore(Iterable<WindowSums> sums) {
    sums.forEach(this::add);
  }
}
