package dev.eddy.model.engine.simd;

/** An engine's scratch arrays, grown to the largest batch seen, reused by its layers in turn. */
final class Workspace {
  private final int productWidth;
  private final int hiddenWidth;
  private final int inputWidth;

  float[] products = new float[0]; // [rows, productWidth]
  float[] inputs = new float[0]; // [rows, inputWidth], the network's inputs where they need padding
  float[] layerOutputs = new float[0]; // [rows, hiddenWidth]
  float[] layerInputs = new float[0]; // [rows, hiddenWidth]
  float[] cells = new float[0]; // [keys, hiddenWidth]; nothing reads beyond H
  float[] previous = new float[0]; // [keys, hiddenWidth], LSTM h; nothing reads beyond H

  Workspace(int productWidth, int hiddenWidth, int inputWidth) {
    this.productWidth = productWidth;
    this.hiddenWidth = hiddenWidth;
    this.inputWidth = inputWidth;
  }

  void ensure(int rows, int keys) {
    products = grown(products, rows, productWidth);
    inputs = grown(inputs, rows, inputWidth);
    layerOutputs = grown(layerOutputs, rows, hiddenWidth);
    layerInputs = grown(layerInputs, rows, hiddenWidth);
    cells = grown(cells, keys, hiddenWidth);
    previous = grown(previous, keys, hiddenWidth);
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
