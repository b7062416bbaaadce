package dev.eddy.model.kernel;

/** The JVM's vector module, without which nothing in {@code kernel.simd} can be loaded. */
public final class VectorModule {
  /** Its name, as {@code --add-modules} takes it. */
  public static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /** Whether the JVM was started with it. */
  public static boolean isPresent() {
    return ModuleLayer.boot().findModule(NAME).isPresent();
  }
}
