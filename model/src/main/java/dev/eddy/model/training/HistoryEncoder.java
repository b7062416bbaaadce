package dev.eddy.model.training;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.encoding.KeyMemory;
import dev.eddy.model.history.History;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Part;
import dev.eddy.model.history.Parts;
import dev.eddy.model.history.ToldFuture;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Encodes the training and validation parts of a history for a network: each key from its first
 * observation on and, for a forecast, pieces of it as if the key began with them. Confined to one
 * thread.
 */
final class HistoryEncoder {
  private final ModelSpec spec;
  private final RowLabels labels;
  private final int pieceLength;
  private final SplittableRandom random = new SplittableRandom(0); // the same for all seeds

  /**
   * An encoder.
   *
   * @param pieceLength rows of a piece
   */
  HistoryEncoder(ModelSpec spec, Parts parts, int pieceLength) {
    this.spec = spec;
    this.labels = new RowLabels(spec.input(), spec.head(), parts);
    this.pieceLength = pieceLength;
  }

  /**
   * Encodes the history into a new file.
   *
   * @param file is removed when the encoded history is closed
   */
  EncodedHistory encode(History history, Path file, TrainingProgress progress) throws IOException {
    EncodedHistory encoded = new EncodedHistory(file, spec.network().inputSize(), labels.columns());
    try {
      PhaseClock clock =
          new PhaseClock(progress, TrainingProgress.Phase.ENCODE, history.keys().size());
      int done = 0;
      for (String key : history.keys()) {
        new OfKey(history.read(key), encoded).encode();
        clock.done(++done);
      }
      return encoded;
    } catch (IOException | RuntimeException e) {
      encoded.close();
      throw e;
    }
  }

  /** One key's rows on their way into the file. */
  private final class OfKey {
    private final KeyHistory history;
    private final RowLabels.OfKey known;
    private final EncodedHistory encoded;
    private final InputEncoder encoder = new InputEncoder(spec);
    private final double[] origin = new double[encoder.originSize()];

    OfKey(KeyHistory history, EncodedHistory encoded) {
      this.history = history;
      this.known = labels.of(history);
      this.encoded = encoded;
    }

    void encode() throws IOException {
      EncodedSeries whole = encode(0, history.length());
      encoded.add(whole);
      if (spec.head() instanceof Head.Forecast) {
        addStarts(whole.length());
      }
    }

    /**
     * Encodes pieces once more, each as if the key began there; as many as the key's rows hold.
     *
     * @param rows those that train or validate: what is held back changes nothing that is learned
     */
    private void addStarts(int rows) throws IOException {
      for (int piece = rows / pieceLength; piece > 0; piece--) {
        int from = random.nextInt(rows - pieceLength + 1);
        encoded.addStart(encode(from, from + pieceLength));
      }
    }

    /** Encodes rows up to the last one whose label trains or validates. */
    private EncodedSeries encode(int from, int to) throws IOException {
      KeyMemory memory = encoder.fresh();
      int width = encoded.width();
      int chunk = Math.min(to - from, encoded.chunk());
      float[] values = new float[chunk * width];
      int[] trainingEnd = new int[encoded.columns()];
      int[] validationEnd = new int[encoded.columns()];
      for (int row = from; row < to; row++) {
        int filled = (row - from) % chunk;
        RawInput input = told(row, from, memory);
        encoder.encode(input, memory, values, filled * width, origin, 0);
        label(row, from, values, filled * width + encoded.inputs(), trainingEnd, validationEnd);
        if (filled == chunk - 1 || row == to - 1) {
          encoded.write(values, row - from - filled, filled + 1);
        }
      }
      int length = Arrays.stream(validationEnd).max().orElse(0);
      return encoded.end(length, trainingEnd, validationEnd);
    }

    /** A row's input, once what came of the future before it is told. */
    private RawInput told(int row, int first, KeyMemory memory) {
      if (row == first) {
        return new ToldFuture(history, spec.input()).first(row);
      }
      history
          .futureUpdatesBefore(row)
          .forEach(futureUpdate -> encoder.tell(futureUpdate.future(), memory));
      return history.inputs().get(row);
    }

    /** Puts a row's labels, and notes how far each column trains and validates. */
    private void label(
        int row, int first, float[] values, int at, int[] trainingEnd, int[] validationEnd) {
      int end = row - first + 1;
      for (int column = 0; column < encoded.columns(); column++) {
        float label = known.label(row, column, origin);
        values[at + column] = label;
        if (!Float.isNaN(label)) {
          Part part = known.part(row, column);
          trainingEnd[column] = part == Part.TRAINING ? end : trainingEnd[column];
          validationEnd[column] = part == Part.TEST ? validationEnd[column] : end;
        }
      }
    }
  }
}
