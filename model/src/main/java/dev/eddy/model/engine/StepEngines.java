package dev.eddy.model.engine;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.settings.UserMistake;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses and makes step engines. The choice is made once, at submission, for all subtasks: {@link
 * #resolve} there, {@link #create} in each of them.
 */
public final class StepEngines {
  private static final Logger LOG = LoggerFactory.getLogger(StepEngines.class);
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private StepEngines() {}

  /**
   * The kind that will run: {@code ND4J} for {@code AUTO} on a usable GPU that gains by the
   * workload, else {@code SIMD} where the vector module is present, else {@code ND4J} with one
   * warning.
   *
   * @param largest the most that a micro-batch will ask of the engine, where that is known; asked
   *     for only if there is a usable GPU
   * @throws UserMistake if the kind cannot run in this JVM
   */
  public static EngineKind resolve(EngineKind requested, Supplier<Optional<Workload>> largest) {
    return resolve(requested, largest, Providers.FOUND, StepEngines::warnOnce);
  }

  /** The kind that will run where nothing is known of the workload, or it is a row at a time. */
  public static EngineKind resolve(EngineKind requested) {
    return resolve(requested, Optional::empty);
  }

  /**
   * An engine of the kind that {@link #resolve} returned, for one thread.
   *
   * @throws IllegalStateException if it cannot run in this JVM, though it could where it was
   *     resolved: no mistake of the user's, because another machine may take the task over
   */
  public static StepEngine create(EngineKind resolved, NetworkWeights weights) {
    StepEngineProvider provider = Providers.FOUND.get(resolved);
    if (provider == null) {
      throw new IllegalStateException(
          "engine: " + resolved.configName() + " (must be resolved first, to one that is here)");
    }
    Optional<String> obstacle = provider.obstacle();
    if (obstacle.isPresent()) {
      throw new IllegalStateException(refusal(resolved, obstacle.get()));
    }
    return weights.shape().networks() == 1
        ? provider.create(weights)
        : new MeanEngine(weights, provider::create);
  }

  static EngineKind resolve(
      EngineKind requested,
      Supplier<Optional<Workload>> largest,
      Map<EngineKind, StepEngineProvider> providers,
      Consumer<String> warning) {
    if (requested != EngineKind.AUTO) {
      obstacle(requested, providers).ifPresent(obstacle -> refuse(requested, obstacle));
      return requested;
    }
    Optional<String> nd4j = obstacle(EngineKind.ND4J, providers);
    StepEngineProvider nd4jProvider = providers.get(EngineKind.ND4J);
    if (nd4j.isEmpty()
        && nd4jProvider != null
        && nd4jProvider.usesGpu()
        && largest.get().filter(Workload::gainsOnGpu).isPresent()) {
      return EngineKind.ND4J;
    }
    Optional<String> simd = obstacle(EngineKind.SIMD, providers);
    if (simd.isEmpty()) {
      return EngineKind.SIMD;
    }
    if (nd4j.isPresent()) {
      refuse(EngineKind.AUTO, simd.get() + "; " + nd4j.get());
    }
    warning.accept(simd.get());
    return EngineKind.ND4J;
  }

  private static void warnOnce(String obstacle) {
    if (!WARNED.getAndSet(true)) {
      LOG.warn("engine auto: nd4j, many times slower than simd, because {}", obstacle);
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
