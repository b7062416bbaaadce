package dev.eddy.model.training;

import dev.eddy.model.layer.RowwiseLoss;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.training.EncodedSeries.Use;
import dev.eddy.model.training.network.TrainableNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The loss on the validation part, over windows that cover it, each warmed by the rows before it.
 * Where there are more than a few batches of them, an even selection stands for all, the same every
 * time.
 */
final class Validator {
  private static final int BATCHES = 8;

  private final List<Window> windows = new ArrayList<>();
  private final WindowBatch batch;
  private final int batchSize;
  private final RowwiseLoss loss;

  private record Window(EncodedSeries series, int from, int masked) {}

  Validator(
      EncodedHistory history, WindowBatch batch, TrainingSettings settings, RowwiseLoss loss) {
    this.batch = batch;
    this.batchSize = settings.batch();
    this.loss = loss;
    List<Window> all = new ArrayList<>();
    for (EncodedSeries series : history.series()) {
      int end = series.end(Use.VALIDATE);
      int begin = series.begin(Use.VALIDATE);
      while (begin < end) {
        int from = Math.max(0, begin - settings.burnIn());
        all.add(new Window(series, from, begin - from));
        begin = from + settings.sequenceLength();
      }
    }
    int wanted = Math.min(all.size(), BATCHES * batchSize);
    for (int i = 0; i < wanted; i++) {
      windows.add(all.get((int) ((long) i * all.size() / wanted)));
    }
  }

  /** Whether there is a validation part. */
  boolean isEmpty() {
    return windows.isEmpty();
  }

  /** The mean loss of the network. */
  double loss(TrainableNetwork network) throws IOException {
    double sum = 0;
    long rows = 0;
    for (int first = 0; first < windows.size(); first += batchSize) {
      batch.clear();
      for (int b = 0; b < Math.min(batchSize, windows.size() - first); b++) {
        Window window = windows.get(first + b);
        batch.fill(b, window.series(), window.from(), window.masked(), Use.VALIDATE);
      }
      batch.flush();
      INDArray outputs = network.outputs(batch.features(), batch.mask());
      RowwiseLoss.Total total = loss.total(rows(batch.labels()), rows(outputs));
      sum += total.loss();
      rows += total.rows();
    }
    return rows == 0 ? Double.NaN : sum / rows;
  }

  /** [B, O, T] as [T·B, O]. */
  private static INDArray rows(INDArray sequence) {
    return sequence
        .permute(2, 0, 1)
        .reshape('c', sequence.size(0) * sequence.size(2), sequence.size(1));
  }
}
