package dev.eddy.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.benchmarks.work.Work;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class TimingTest {

  @Test
  void jmh_times_work_on_the_one_thread_that_also_makes_it() throws Exception {
    Timing.useOneThread();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    OneThread.call(() -> threads.add(Thread.currentThread()));
    long pause = TimeUnit.MILLISECONDS.toNanos(2);
    Work work =
        () -> {
          threads.add(Thread.currentThread());
          long end = System.nanoTime() + pause;
          while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
          }
        };

    assertThat(Timing.nanoseconds(work, 20)).isBetween((double) pause, 50.0 * pause);
    assertThat(threads).hasSize(1);
  }
}
