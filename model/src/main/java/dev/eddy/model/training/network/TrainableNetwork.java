package dev.eddy.model.training.network;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.store.UpdaterState;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network that learns, whatever it is made of. Sequences are [batch, numbers, time]; a mask is
 * [batch, time], 0 where there is nothing; null: there is something everywhere. Confined to one
 * thread.
 */
public interface TrainableNetwork {
  /**
   * Makes one update.
   *
   * @return the loss of the batch before it, without what regularization adds
   */
  double fit(INDArray inputs, INDArray labels, @Nullable INDArray mask);

  /** What it puts out for a batch, as it would serve: nothing is dropped. */
  INDArray outputs(INDArray inputs, @Nullable INDArray mask);

  /** All that it learns, one after the other; what an update changes. */
  INDArray parameters();

  /** Copies values into {@link #parameters}. */
  void setParameters(INDArray values);

  /** Its weights in the layout in which they are stored and served. */
  NetworkWeights export();

  /** What its optimizer remembers, for further training. */
  UpdaterState updaterState();
}
