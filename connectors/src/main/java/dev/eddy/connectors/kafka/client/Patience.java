package dev.eddy.connectors.kafka.client;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Waits for brokers that were there and have gone away: tries again until they are back, says so
 * once, and says when it goes on. For what may be tried again as a whole.
 */
public final class Patience {
  /** For whoever has lost nothing by waiting. */
  public static final Duration LONGEST = Duration.ofHours(24);

  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Duration longest;
  private final Consumer<String> listener;

  /**
   * Waits.
   *
   * @param longest after that a failure is one
   * @param listener is told in a line that it waits, and in another that it goes on
   */
  public Patience(Duration longest, Consumer<String> listener) {
    this.longest = longest;
    this.listener = listener;
  }

  /** What {@code attempt} gives once the brokers let it; its other failures are thrown on. */
  public <T> T until(Callable<T> attempt) throws Exception {
    long deadline = System.nanoTime() + longest.toNanos();
    boolean told = false;
    while (true) {
      try {
        T result = attempt.call();
        if (told) {
          listener.accept(BrokerWatch.BACK);
        }
        return result;
      } catch (Exception e) {
        if (!isAway(e) || System.nanoTime() - deadline > 0) {
          throw e;
        }
        if (!told) {
          listener.accept(BrokerWatch.WAITING + firstLine(e));
          told = true;
        }
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }

  /** Whether brokers that do not answer, or not yet again, are behind a failure. */
  public static boolean isAway(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException
          && !(cause instanceof UnknownTopicOrPartitionException)) {
        return true;
      }
    }
    return false;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
