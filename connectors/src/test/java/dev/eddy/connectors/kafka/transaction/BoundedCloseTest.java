package dev.eddy.connectors.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a writer takes no longer than a limit and throws nothing. */
class BoundedCloseTest {
  @Test
  void what_throws_is_logged() {
    AutoCloseable failing =
        () -> {
          throw new IllegalStateException("one send after the other has failed");
        };
    assertThatCode(() -> BoundedClose.within(Duration.ofMinutes(1), "failing", failing))
        .doesNotThrowAnyException();
  }

  @Test
  @Timeout(30)
  void what_waits_for_a_broker_is_interrupted() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean wentOn = new AtomicBoolean();
    AutoCloseable waiting =
        () -> {
          try {
            never.await();
          } finally {
            wentOn.set(true);
          }
        };
    BoundedClose.within(Duration.ofMillis(50), "waiting", waiting);
    assertThat(wentOn).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  @Timeout(30)
  void a_task_that_is_interrupted_stays_so_and_closes_all_the_same() {
    AtomicBoolean closed = new AtomicBoolean();
    Thread.currentThread().interrupt();
    BoundedClose.within(Duration.ofMinutes(1), "interrupted", () -> closed.set(true));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(closed).isTrue();
  }
}
