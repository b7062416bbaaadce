package dev.eddy.pipeline.shared;

import java.io.Serializable;

/** What a shared topic holds, for whoever starts to read it. */
@FunctionalInterface
public interface SharedLog extends Serializable {
  /**
   * Tells all that is on the topic up to its end now.
   *
   * @param values which know up to where they have read
   */
  void readInto(SharedValues values);
}
