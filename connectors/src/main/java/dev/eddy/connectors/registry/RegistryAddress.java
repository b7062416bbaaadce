package dev.eddy.connectors.registry;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Where a schema registry answers, and how it is asked.
 *
 * @param urls of which any may be asked, in this order
 * @param authorization the header of that name; empty for none
 * @param patienceMillis how long it is waited for when none answers
 */
public record RegistryAddress(List<String> urls, String authorization, long patienceMillis)
    implements Serializable {
  public RegistryAddress {
    urls = urls.stream().map(url -> url.replaceFirst("/+$", "")).toList();
  }

  /** The same with less patience, for commands that a person waits for. */
  public RegistryAddress within(Duration patience) {
    return new RegistryAddress(urls, authorization, Math.min(patienceMillis, patience.toMillis()));
  }

  /** Without what nobody may read. */
  @Override
  public String toString() {
    return String.join(", ", urls);
  }
}
