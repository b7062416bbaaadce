package dev.eddy.connectors.file;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.settings.ReplaySettings;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Sends a deployment's files at its rate. */
public final class Replay {
  private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ReplaySettings settings;
  private final Consumer<Observation> target;
  private final Consumer<ReplayProgress> listener;
  private long sent;

  /**
   * A replay.
   *
   * @param target takes each observation in order, such as a publisher's {@code send}
   * @param listener hears of the progress a few times a second, and of its end
   */
  public Replay(
      ReplaySettings settings, Consumer<Observation> target, Consumer<ReplayProgress> listener) {
    this.settings = settings;
    this.target = target;
    this.listener = listener;
  }

  /**
   * Sends all observations of the period.
   *
   * @param schema the fields to read
   * @return the progress at the end
   * @throws dev.eddy.settings.UserMistake at a row that does not parse, unless such rows are
   *     skipped
   */
  public ReplayProgress run(ObservationSchema schema) {
    try (ReplayReader reader = new ReplayReader(settings, schema)) {
      long start = System.nanoTime();
      long reported = start;
      for (Observation each = reader.next(); each != null; each = reader.next()) {
        target.accept(each);
        sent++;
        long now = System.nanoTime();
        if (now - reported >= REPORT_NANOS) {
          reported = now;
          listener.accept(progress(reader));
        }
        pace(start, now);
      }
      ReplayProgress end = progress(reader);
      listener.accept(end);
      return end;
    }
  }

  private ReplayProgress progress(ReplayReader reader) {
    return new ReplayProgress(sent, reader.refused(), reader.fractionRead());
  }

  // Waits until the number sent is due.
  private void pace(long start, long now) {
    if (settings.rate() == 0) {
      return;
    }
    long due = start + (long) (sent / settings.rate() * TimeUnit.SECONDS.toNanos(1));
    for (long left = due - now; left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("replay: interrupted after " + sent + " observations");
      }
    }
  }
}
