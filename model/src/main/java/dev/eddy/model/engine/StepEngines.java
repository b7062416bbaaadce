package dev.eddy.model.engine;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.settings.UserMistake;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses and makes step engines. Whether a GPU steps is decided once, at submission, for all
 * subtasks: {@link #resolve}. Whether a JVM has the vector module is decided where the step runs,
 * because it may differ from one process to the next, and makes no difference to the bits: {@link
 * #here}, {@link #create}.
 */
public final class StepEngines {
  private static final Logger LOG = LoggerFactory.getLogger(StepEngines.class);
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private StepEngines() {}

  /**
   * The kind that will run: {@code ND4J} for {@code AUTO} on a usable GPU that gains by the
   * workload, else {@code SIMD}, which is {@code PLAIN} where the vector module is missing.
   *
   * @param largest the most that a micro-batch will ask of the engine, where that is known; asked
   *     for only if there is a usable GPU
   * @throws UserMistake if the kind cannot run in this JVM
   */
  public static EngineKind resolve(EngineKind requested, Supplier<Optional<Workload>> largest) {
    return resolve(requested, largest, Providers.FOUND);
  }

  /** The kind that will run where nothing is known of the workload, or it is a row at a time. */
  public static EngineKind resolve(EngineKind requested) {
    return resolve(requested, Optional::empty);
  }

  /** What steps in this JVM where {@link #resolve} returned that kind. */
  public static EngineKind here(EngineKind resolved) {
    return here(resolved, Providers.FOUND);
  }

  /** Why stepping is slower in this JVM than it could be, in one line that names the cure. */
  public static Optional<String> slowness(EngineKind resolved) {
    return slowness(resolved, Providers.FOUND);
  }

  /**
   * An engine of the kind that {@link #resolve} returned, for one thread.
   *
   * @throws IllegalStateException if it cannot run in this JVM, though it could where it was
   *     resolved: no mistake of the user's, because another machine may take the task over
   */
  public static StepEngine create(EngineKind resolved, NetworkWeights weights) {
    EngineKind kind = here(resolved);
    StepEngineProvider provider = Providers.FOUND.get(kind);
    if (provider == null) {
      throw new IllegalStateException(
          "engine: " + kind.configName() + " (must be resolved first, to one that is here)");
    }
    Optional<String> obstacle = provider.obstacle();
    if (obstacle.isPresent()) {
      throw new IllegalStateException(refusal(kind, obstacle.get()));
    }
    slowness(resolved).ifPresent(StepEngines::warnOnce);
    return weights.shape().networks() == 1
        ? provider.create(weights)
        : new MeanEngine(weights, provider::create);
  }

  static EngineKind resolve(
      EngineKind requested,
      Supplier<Optional<Workload>> largest,
      Map<EngineKind, StepEngineProvider> providers) {
    return switch (requested) {
      case SIMD, PLAIN -> requested;
      case ND4J -> {
        obstacle(requested, providers).ifPresent(obstacle -> refuse(requested, obstacle));
        yield requested;
      }
      case AUTO -> gainsOnGpu(largest, providers) ? EngineKind.ND4J : EngineKind.SIMD;
    };
  }

  static EngineKind here(EngineKind resolved, Map<EngineKind, StepEngineProvider> providers) {
    return resolved == EngineKind.SIMD && obstacle(resolved, providers).isPresent()
        ? EngineKind.PLAIN
        : resolved;
  }

  static Optional<String> slowness(
      EngineKind resolved, Map<EngineKind, StepEngineProvider> providers) {
    return resolved == EngineKind.SIMD
        ? obstacle(resolved, providers)
            .map(obstacle -> "engine plain: the same results, but slower; " + obstacle)
        : Optional.empty();
  }

  private static boolean gainsOnGpu(
      Supplier<Optional<Workload>> largest, Map<EngineKind, StepEngineProvider> providers) {
    StepEngineProvider nd4j = providers.get(EngineKind.ND4J);
    return nd4j != null
        && nd4j.obstacle().isEmpty()
        && nd4j.usesGpu()
        && largest.get().filter(Workload::gainsOnGpu).isPresent();
  }

  private static void warnOnce(String slowness) {
    if (!WARNED.getAndSet(true)) {
      LOG.warn(slowness);
    }
  }

  private static Optional<String> obstacle(
      EngineKind kind, Map<EngineKind, StepEngineProvider> providers) {
    StepEngineProvider provider = providers.get(kind);
    return provider == null
        ? Optional.of(kind.configName() + " is not on the class path")
        : provider.obstacle();
  }

  private static void refuse(EngineKind kind, String obstacle) {
    throw new UserMistake(refusal(kind, obstacle));
  }

  private static String refusal(EngineKind kind, String obstacle) {
    return "serving.engine: " + kind.configName() + " (must be able to run here; " + obstacle + ")";
  }

  /** Looked up once, lazily, through this class's own loader, which in Flink is the job's. */
  private static final class Providers {
    static final Map<EngineKind, StepEngineProvider> FOUND = find();

    private static Map<EngineKind, StepEngineProvider> find() {
      Map<EngineKind, StepEngineProvider> found = new EnumMap<>(EngineKind.class);
      ClassLoader loader = StepEngines.class.getClassLoader();
      for (StepEngineProvider provider : ServiceLoader.load(StepEngineProvider.class, loader)) {
        found.put(provider.kind(), provider);
      }
      return found;
    }
  }
}
