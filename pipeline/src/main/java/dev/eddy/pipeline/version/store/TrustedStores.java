package dev.eddy.pipeline.version.store;

import dev.eddy.connectors.event.Announcement;
import java.io.Serializable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Says from which store an announced version is read, so that whoever may write the models topic
 * cannot make task managers read what else they can reach: from the deployment's own, unless the
 * announcement names another that the deployment trusts. The digest holds either way.
 *
 * @param own the deployment's store; empty where whoever makes the announcements is the same as
 *     whoever steps them, as when versions are compared: then each is read where it says
 * @param others stores that may be read, too, where an announcement names one
 */
public record TrustedStores(List<String> own, List<String> others) implements Serializable {
  public TrustedStores {
    own = List.copyOf(own);
    others = List.copyOf(others);
  }

  /** The deployment's own store, and those that it trusts beside. */
  public static TrustedStores of(String own, List<String> others) {
    return new TrustedStores(List.of(own), others);
  }

  /** Every store that is announced. */
  public static TrustedStores asAnnounced() {
    return new TrustedStores(List.of(), List.of());
  }

  /** The location of the store from which the version of an announcement is read. */
  public String of(Announcement announcement) {
    if (own.isEmpty()) {
      return announcement.store();
    }
    List<String> trusted = new ArrayList<>(own);
    trusted.addAll(others);
    return trusted.stream()
        .filter(store -> same(store, announcement.store()))
        .findFirst()
        .orElse(own.get(0));
  }

  /** What to add to why a version cannot be read; nothing where it was read as announced. */
  public String remark(Announcement announcement) {
    return same(of(announcement), announcement.store())
        ? ""
        : "; announced from "
            + announcement.store()
            + ", which is read only where serving.stores names it";
  }

  private static boolean same(String one, String other) {
    return normal(one).equals(normal(other));
  }

  private static String normal(String location) {
    try {
      return written(location);
    } catch (InvalidPathException e) { // an announcement may say anything
      return location;
    }
  }

  private static String written(String location) {
    String path = location.startsWith("file:/") ? location.replaceFirst("file:/+", "/") : location;
    return path.contains("://") ? path.replaceAll("/+$", "") : Path.of(path).normalize().toString();
  }
}
