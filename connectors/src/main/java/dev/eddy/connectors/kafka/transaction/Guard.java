package dev.eddy.connectors.kafka.transaction;

/**
 * Keeps two runs of a deployment from both being read. A run claims its prefix, and only then
 * fences all transactional ids of other runs; it looks whether its claim still stands between the
 * flush of a transaction and the preparation of its commit. So a transaction of an earlier run was
 * either flushed before the claim, and is aborted by the fencing, or meets the claim at its own
 * look.
 */
interface Guard extends AutoCloseable {
  /**
   * Makes sure that the run still owns its prefix.
   *
   * @throws org.apache.flink.runtime.execution.SuppressRestartsException if a newer run does
   */
  void hold();

  @Override
  void close();

  /** Guards nothing: without transactions nothing can be taken back. */
  static Guard none() {
    return new Guard() {
      @Override
      public void hold() {}

      @Override
      public void close() {}
    };
  }

  /** Guards by a claim that the owner group keeps. */
  static Guard of(OwnerGroup group, Claim claim) {
    return new Guard() {
      @Override
      public void hold() {
        group.hold(claim);
      }

      @Override
      public void close() {
        group.close();
      }
    };
  }
}
