package dev.eddy.benchmarks.worker;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The thread on which work is made, run and closed: engines keep buffers and modes per thread. JMH
 * takes it for its executor by name, and shuts down only this shell of it.
 */
public final class OneThread extends AbstractExecutorService {
  private static final ExecutorService THREAD =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "work");
            thread.setDaemon(true);
            return thread;
          });

  private volatile boolean shutdown;

  /** The signature that JMH calls. */
  public OneThread(int maximum, String prefix) {
    if (maximum > 1) {
      throw new IllegalArgumentException("threads of " + prefix + ": " + maximum + " (must be 1)");
    }
  }

  /** Calls something on the thread and waits for it. */
  static <T> T call(Callable<T> task) throws Exception {
    try {
      return THREAD.submit(task).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void execute(Runnable command) {
    THREAD.execute(command);
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
