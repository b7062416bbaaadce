package dev.eddy.connectors.kafka.transaction;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what may wait for a broker that is away: never longer than a limit, and never with an
 * exception, because a task that throws while it is cleaned up ends its whole task manager.
 */
final class BoundedClose {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedClose.class);
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

  private BoundedClose() {}

  /** Closes {@code resource}; what goes wrong is logged in a line. */
  static void within(Duration limit, String what, AutoCloseable resource) {
    Thread closer = new Thread(() -> close(what, resource), "eddy-close " + what);
    closer.setDaemon(true);
    closer.start();
    boolean interrupted = !join(closer, limit);
    if (closer.isAlive()) {
      closer.interrupt();
      interrupted |= !join(closer, AFTER_INTERRUPT);
    }
    if (closer.isAlive()) {
      LOG.warn("{}: still closing, left behind", what);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(String what, AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.warn("{}: closed with a failure: {}", what, e.toString());
      LOG.debug("{}", what, e);
    }
  }

  /** Whether the wait was not interrupted. */
  private static boolean join(Thread thread, Duration limit) {
    try {
      thread.join(limit.toMillis());
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
