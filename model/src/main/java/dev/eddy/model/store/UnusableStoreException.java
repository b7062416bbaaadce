package dev.eddy.model.store;

import dev.eddy.settings.FileFault;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A store whose files cannot be read or written: no permission, no such file, no space, no network.
 * Worth another try, unlike a {@link ModelRefusedException}. The message is one line.
 */
public final class UnusableStoreException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  UnusableStoreException(String place, String fault, IOException cause) {
    super(place + ": " + fault + " (" + FileFault.of(cause) + ")", cause);
  }
}
