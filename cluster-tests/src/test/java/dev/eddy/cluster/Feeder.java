package dev.eddy.cluster;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends a deployment's observations while other things happen. */
final class Feeder implements AutoCloseable {
  private static final int MILLIS = 200;

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Deployed deployed;
  private final int atOnce;
  private volatile int sent;

  Feeder(Deployed deployed, int perSecond) {
    this.deployed = deployed;
    atOnce = perSecond * MILLIS / 1000;
    thread.scheduleWithFixedDelay(this::send, 0, MILLIS, TimeUnit.MILLISECONDS);
  }

  private void send() {
    int to = Math.min(sent + atOnce, Reference.OBSERVATIONS);
    deployed.send(sent, to);
    sent = to;
  }

  /** How many it has sent so far. */
  int sent() {
    return sent;
  }

  /** Sends no more; returns how many it has sent. */
  int stop() throws InterruptedException {
    thread.shutdown();
    if (!thread.awaitTermination(FlinkCluster.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("observations could not be sent");
    }
    return sent;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
