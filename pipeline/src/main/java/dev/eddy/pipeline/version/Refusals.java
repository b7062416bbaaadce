package dev.eddy.pipeline.version;

import dev.eddy.model.spec.ModelId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells whoever listens in this process of the versions that its subtasks refuse. */
public final class Refusals {
  private static final List<Listener> LISTENERS = new CopyOnWriteArrayList<>();

  /** Hears of each version that is refused, once a process. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A version will not serve.
     *
     * @param why one line that names it
     */
    void refused(ModelId model, String why);
  }

  /** Ends the listening. */
  public interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  private Refusals() {}

  /** Tells {@code listener} until it is closed. */
  public static Listening listen(Listener listener) {
    LISTENERS.add(listener);
    return () -> LISTENERS.remove(listener);
  }

  static void tell(ModelId model, String why) {
    LISTENERS.forEach(listener -> listener.refused(model, why));
  }
}
