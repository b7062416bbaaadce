package dev.eddy.pipeline.version;

import dev.eddy.settings.UserMistake;

/** The mistake of a deployment none of whose announced versions can ever serve it. */
public final class NoVersionServes extends UserMistake {
  private static final long serialVersionUID = 1L;

  NoVersionServes(String line) {
    super(line);
  }
}
