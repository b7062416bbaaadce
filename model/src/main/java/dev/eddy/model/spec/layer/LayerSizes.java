package dev.eddy.model.spec.layer;

/** Checks the sizes of layers, which a program gives or a model's file. */
final class LayerSizes {
  private LayerSizes() {}

  static void require(String cell, int inputs, int units) {
    positive(cell + ".inputs", inputs);
    positive(cell + ".units", units);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (must be 1 or more)");
    }
  }
}
