package dev.eddy.benchmarks.dl4j;

import dev.eddy.benchmarks.work.TrainCase;
import dev.eddy.benchmarks.work.TrainWork;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Updates of a Deeplearning4j network with {@code fit}, on the data of a case. */
public final class NetworkTraining implements TrainWork {
  private final MultiLayerNetwork network;
  private final INDArray features; // [B, D, T]
  private final INDArray labels; // [B, O, T]

  /**
   * Trains a network, whose weights are set, on the data of the case.
   *
   * @param timeMajor whether a step of all sequences lies together in memory, row by row; else in
   *     the order that Deeplearning4j's own readers choose
   */
  public NetworkTraining(TrainCase training, MultiLayerNetwork network, boolean timeMajor) {
    this.network = network;
    this.features = sequences(training.inputs(), training.hidden(), timeMajor);
    this.labels = sequences(training.labels(), TrainCase.OUTPUTS, timeMajor);
  }

  private static INDArray sequences(float[] values, int width, boolean timeMajor) {
    long[] extents = {TrainCase.STEPS, TrainCase.BATCH, width};
    INDArray sequences = Nd4j.create(values, extents, 'c').permute(1, 2, 0);
    return timeMajor ? sequences : sequences.dup('f');
  }

  /** Sets a parameter from row-major values. */
  public static void set(MultiLayerNetwork network, String parameter, float[] values) {
    INDArray target = network.getParam(parameter);
    target.assign(Nd4j.create(values, target.shape(), 'c'));
  }

  @Override
  public void run() {
    network.fit(features, labels);
  }

  @Override
  public double loss() {
    return network.score();
  }
}
