package dev.eddy.model.engine;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.eddy.settings.Words;

/** Which step engine runs a network. */
public enum EngineKind {
  /** Whichever of the others fits this machine; see {@link StepEngines#resolve}. */
  AUTO,
  /**
   * The JVM's Vector API, on the CPU; bit for bit batch-invariant. A JVM without the vector module
   * steps it with {@code PLAIN}, whose bits are the same.
   */
  SIMD,
  /** Java loops, on any CPU, slower; bit for bit what {@code SIMD} gives. */
  PLAIN,
  /** ND4J's native libraries, on the CPU or a GPU. */
  ND4J;

  /** The name as written in configuration. */
  @JsonValue
  public String configName() {
    return Words.of(this);
  }

  /**
   * Reads a configuration name.
   *
   * @throws IllegalArgumentException naming the value found and the ones expected
   */
  @JsonCreator
  public static EngineKind of(String configName) {
    return Words.read(EngineKind.class, "engine", configName);
  }
}
