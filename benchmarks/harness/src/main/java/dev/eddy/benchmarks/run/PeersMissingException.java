package dev.eddy.benchmarks.run;

import java.util.List;

/** The peers' libraries must be built before the run can begin. */
public final class PeersMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private PeersMissingException() {
    super("the peers' libraries are not there (run through the launcher, ./eddy bench)");
  }

  /** Throws if one of the engines is a peer and the launcher said that they are not built. */
  public static void check(List<Contender> engines) {
    if (Boolean.getBoolean("eddy.bench.peers-missing")
        && engines.stream().anyMatch(Contender::needsLibrariesOfItsOwn)) {
      throw new PeersMissingException();
    }
  }
}
