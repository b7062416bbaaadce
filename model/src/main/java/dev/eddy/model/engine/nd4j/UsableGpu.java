package dev.eddy.model.engine.nd4j;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/**
 * Says whether ND4J's CUDA backend can compute on this machine's GPU, without starting it: on a GPU
 * that is too new its first kernel would fail. nd4j-cuda-11.6 carries machine code up to compute
 * capability 8.6, which 8.9 runs too, and none that a newer device could translate.
 */
final class UsableGpu {
  private static final int NEWEST_MAJOR = 8;

  // Values of the CUDA runtime's enum cudaDeviceAttr.
  private static final int CAPABILITY_MAJOR = 75;
  private static final int CAPABILITY_MINOR = 76;

  private UsableGpu() {}

  /** Why the GPU cannot be used, in one line; empty if it can. */
  static Optional<String> obstacle(ClassLoader loader) {
    try {
      Class<?> cuda = Class.forName("org.bytedeco.cuda.global.cudart", true, loader);
      int[] devices = new int[1];
      int error = (int) cuda.getMethod("cudaGetDeviceCount", int[].class).invoke(null, devices);
      if (error != 0 || devices[0] == 0) {
        return Optional.of("no CUDA device found");
      }
      return tooNew(attribute(cuda, CAPABILITY_MAJOR), attribute(cuda, CAPABILITY_MINOR));
    } catch (InvocationTargetException e) {
      return Optional.of(notLoaded(e.getTargetException()));
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.of(notLoaded(e));
    }
  }

  /** Only what is missing: the rest of the message lists every directory searched. */
  private static String notLoaded(Throwable problem) {
    String[] clauses = problem.toString().split(": ", -1);
    return "CUDA 11.6 cannot be loaded: " + clauses[Math.min(1, clauses.length - 1)];
  }

  /** Why a device of that compute capability cannot be used; empty if it can. */
  static Optional<String> tooNew(int major, int minor) {
    return major <= NEWEST_MAJOR
        ? Optional.empty()
        : Optional.of(
            "the GPU's compute capability is "
                + major
                + "."
                + minor
                + " (nd4j-cuda-11.6 runs up to 8.9)");
  }

  private static int attribute(Class<?> cuda, int attribute) throws ReflectiveOperationException {
    int[] value = new int[1];
    int error =
        (int)
            cuda.getMethod("cudaDeviceGetAttribute", int[].class, int.class, int.class)
                .invoke(null, value, attribute, 0);
    if (error != 0) {
      throw new ReflectiveOperationException("cudaDeviceGetAttribute: error " + error);
    }
    return value[0];
  }
}
