package dev.eddy.model.engine.nd4j;

import dev.eddy.settings.UserMistake;
import java.util.Optional;
import org.nd4j.common.config.ND4JClassLoading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what ND4J computes on, before ND4J does: a GPU that the CUDA backend cannot serve is
 * passed over with one warning, and the CPU computes. Whatever uses ND4J calls {@link #prepare}
 * first; ND4J chooses for itself, once, as soon as any of its arrays is touched.
 */
public final class Nd4jBackends {
  private static final Logger LOG = LoggerFactory.getLogger(Nd4jBackends.class);

  private Nd4jBackends() {}

  /**
   * Makes ND4J ready for use.
   *
   * @throws UserMistake if it has nothing here that it can compute on
   */
  public static void prepare() {
    obstacle()
        .ifPresent(
            obstacle -> {
              throw new UserMistake(
                  "training: with ND4J (must be able to run here; " + obstacle + ")");
            });
  }

  /** Why ND4J cannot run here, in one line; empty if it can. */
  public static Optional<String> obstacle() {
    return Choice.MADE.obstacle();
  }

  /** Whether it will compute on a GPU. */
  static boolean onGpu() {
    return Choice.MADE.gpu();
  }

  /**
   * Decides from what is on the class path and what the GPU is.
   *
   * @param gpuObstacle why the GPU cannot be used; only asked for if {@code cuda}
   */
  static Choice choose(boolean cuda, boolean cpu, Optional<String> gpuObstacle) {
    if (cuda && gpuObstacle.isEmpty()) {
      return new Choice(true, Optional.empty(), Optional.empty());
    }
    if (cpu) {
      return new Choice(false, Optional.empty(), gpuObstacle);
    }
    String reason =
        gpuObstacle
            .map(why -> "ND4J has a CUDA backend only, and " + why)
            .orElse("no ND4J backend");
    return new Choice(
        false, Optional.of(reason + " (add nd4j-native to the class path)"), gpuObstacle);
  }

  /**
   * What ND4J will do.
   *
   * @param gpu whether it computes on a GPU
   * @param obstacle why it cannot run at all
   * @param warning why a GPU backend on the class path goes unused
   */
  record Choice(boolean gpu, Optional<String> obstacle, Optional<String> warning) {
    /** Made once, when first asked for, and acted upon. */
    static final Choice MADE = make();

    private static Choice make() {
      ClassLoader loader = Nd4jBackends.class.getClassLoader();
      if (!present("org.nd4j.linalg.factory.Nd4j", loader)) {
        return new Choice(false, Optional.of("ND4J is not on the class path"), Optional.empty());
      }
      boolean cuda = present("org.nd4j.linalg.jcublas.JCublasBackend", loader);
      boolean cpu = present("org.nd4j.linalg.cpu.nativecpu.CpuBackend", loader);
      Choice choice = choose(cuda, cpu, cuda ? UsableGpu.obstacle(loader) : Optional.empty());
      choice.warning().ifPresent(why -> LOG.warn("GPU not used, computing on the CPU: {}", why));
      if (cuda && !choice.gpu()) {
        ND4JClassLoading.setNd4jClassloader(new WithoutCudaServices(loader));
      }
      return choice;
    }

    private static boolean present(String className, ClassLoader loader) {
      try {
        Class.forName(className, false, loader);
        return true;
      } catch (ClassNotFoundException e) {
        return false;
      }
    }
  }
}
