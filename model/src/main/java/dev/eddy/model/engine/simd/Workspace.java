package dev.eddy.model.engine.simd;

import dev.eddy.model.kernel.simd.RowView;

/** An engine's scratch arrays, grown to the largest batch seen, reused by its layers in turn. */
final class Workspace {
  /** Rows that are multiplied and then stepped while their products are in the first cache. */
  static final int CHUNK = 64;

  private final int hiddenWidth;
  private final int inputWidth;

  private float[] products = new float[0];

  final float[] chunk; // [CHUNK, panel's columns]
  final RowView previous = new RowView();
  final RowView cells = new RowView();
  final RowView outputs = new RowView();
  float[] inputs = new float[0]; // [rows, inputWidth], the network's inputs where they need padding
  float[] layerOutputs = new float[0]; // [rows, hiddenWidth]
  float[] layerInputs = new float[0]; // [rows, hiddenWidth]
  float[] paddedOutputs = new float[0]; // [keys, hiddenWidth]; nothing reads beyond H
  float[] paddedCells = new float[0]; // [keys, hiddenWidth]; nothing reads beyond H

  /**
   * Makes an empty one.
   *
   * @param chunkWidth columns of the widest panel
   */
  Workspace(int chunkWidth, int hiddenWidth, int inputWidth) {
    this.chunk = new float[CHUNK * chunkWidth];
    this.hiddenWidth = hiddenWidth;
    this.inputWidth = inputWidth;
  }

  void ensure(int rows, int keys) {
    inputs = grown(inputs, rows, inputWidth);
    layerOutputs = grown(layerOutputs, rows, hiddenWidth);
    layerInputs = grown(layerInputs, rows, hiddenWidth);
    paddedOutputs = grown(paddedOutputs, keys, hiddenWidth);
    paddedCells = grown(paddedCells, keys, hiddenWidth);
  }

  /** Room for a product, [rows, width], until the next is asked for. */
  float[] products(int rows, int width) {
    products = grown(products, rows, width);
    return products;
  }

  /** What a layer has put out becomes what the next one takes in. */
  void swap() {
    float[] outputs = layerOutputs;
    layerOutputs = layerInputs;
    layerInputs = outputs;
  }

  private static float[] grown(float[] array, int rows, int width) {
    int size = Math.multiplyExact(rows, width);
    return array.length >= size ? array : new float[Math.max(size, 2 * array.length)];
  }
}
