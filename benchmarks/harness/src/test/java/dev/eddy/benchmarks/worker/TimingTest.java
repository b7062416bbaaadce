package dev.eddy.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.benchmarks.work.Work;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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

  @Test
  void what_nothing_disturbed_is_measured_once() throws Exception {
    Deque<Double> times = new ArrayDeque<>(List.of(5.0, 4.0));

    assertThat(Timing.leastDisturbed(times::pop, () -> 0.98)).isEqualTo(5);
    assertThat(times).hasSize(1);
  }

  @Test
  void what_was_always_disturbed_is_the_lowest_of_four() throws Exception {
    Deque<Double> times = new ArrayDeque<>(List.of(5.0, 4.0, 3.0, 6.0, 1.0));

    assertThat(Timing.leastDisturbed(times::pop, () -> 0.5)).isEqualTo(3);
    assertThat(times).containsExactly(1.0);
  }
}
