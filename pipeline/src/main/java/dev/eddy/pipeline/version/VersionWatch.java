package dev.eddy.pipeline.version;

/** Hears of what keeps versions from serving, for metrics. */
public interface VersionWatch {
  /** Of whoever does not measure. */
  VersionWatch NOBODY =
      new VersionWatch() {
        @Override
        public void refused() {}

        @Override
        public void waiting(boolean begins) {}
      };

  /** A version is refused. */
  void refused();

  /**
   * Observations wait for a version to be loaded, or no more.
   *
   * @param begins whether the waiting begins; else it ends
   */
  void waiting(boolean begins);
}
