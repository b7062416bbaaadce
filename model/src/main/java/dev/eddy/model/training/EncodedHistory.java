package dev.eddy.model.training;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.encoding.KeyMemory;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Part;
import dev.eddy.model.history.ToldFuture;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawInput;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The training and validation parts of the history as the network sees them: rows of encoded inputs
 * and labels in a file, key after key, read by position. Removed when closed. Confined to one
 * thread.
 */
final class EncodedHistory implements Closeable {
  private final int inputs;
  private final int columns;
  private final FileChannel channel;
  private final List<EncodedSeries> series = new ArrayList<>();
  private final List<EncodedSeries> starts = new ArrayList<>();
  private long rows;
  private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

  EncodedHistory(Path file, int inputs, int columns) throws IOException {
    this.inputs = inputs;
    this.columns = columns;
    this.channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** D, encoded inputs of a row. */
  int inputs() {
    return inputs;
  }

  /** Labels of a row. */
  int columns() {
    return columns;
  }

  /** Numbers of a row: inputs, then labels. */
  int width() {
    return inputs + columns;
  }

  List<EncodedSeries> series() {
    return series;
  }

  /** Pieces of the series, each encoded as if its key began with it. */
  List<EncodedSeries> starts() {
    return starts;
  }

  /**
   * Encodes a key's rows up to the last one whose label trains or validates.
   *
   * @return how many
   */
  int add(KeyHistory history, ModelSpec spec, RowLabels.OfKey labels) throws IOException {
    EncodedSeries whole = encode(history, 0, history.length(), spec, labels);
    if (whole.length() > 0) {
      series.add(whole);
    }
    return whole.length();
  }

  /**
   * Encodes pieces of a key's rows once more, each as if the key began there.
   *
   * @param rows those that train or validate: what is held back changes nothing that is learned
   * @param length rows of a piece; a key has one for each time that its rows hold so many
   * @param random where they begin
   */
  void addStarts(
      KeyHistory history,
      int rows,
      ModelSpec spec,
      RowLabels.OfKey labels,
      int length,
      SplittableRandom random)
      throws IOException {
    for (int piece = rows / length; piece > 0; piece--) {
      int from = random.nextInt(rows - length + 1);
      EncodedSeries start = encode(history, from, from + length, spec, labels);
      if (start.length() > 0) {
        starts.add(start);
      }
    }
  }

  private EncodedSeries encode(
      KeyHistory history, int from, int to, ModelSpec spec, RowLabels.OfKey labels)
      throws IOException {
    InputEncoder encoder = new InputEncoder(spec);
    KeyMemory memory = encoder.fresh();
    float[] origin = new float[encoder.originSize()];
    int chunk = Math.min(to - from, chunk());
    float[] values = new float[chunk * width()];
    int[] trainingEnd = new int[columns];
    int[] validationEnd = new int[columns];
    for (int row = from; row < to; row++) {
      int filled = (row - from) % chunk;
      int at = filled * width();
      RawInput input = history.inputs().get(row);
      if (row == from) {
        input = new ToldFuture(history, spec.input()).first(row);
      } else {
        history
            .futureUpdatesBefore(row)
            .forEach(futureUpdate -> encoder.tell(futureUpdate.future(), memory));
      }
      encoder.encode(input, memory, values, at, origin, 0);
      for (int column = 0; column < columns; column++) {
        float label = labels.label(row, column, origin);
        values[at + inputs + column] = label;
        if (!Float.isNaN(label)) {
          Part part = labels.part(row, column);
          int end = row - from + 1;
          trainingEnd[column] = part == Part.TRAINING ? end : trainingEnd[column];
          validationEnd[column] = part == Part.TEST ? validationEnd[column] : end;
        }
      }
      if (filled == chunk - 1 || row == to - 1) {
        write(values, rows + row - from - filled, filled + 1);
      }
    }
    int length = Arrays.stream(validationEnd).max().orElse(0);
    EncodedSeries encoded = new EncodedSeries(rows, length, trainingEnd, validationEnd);
    rows += length; // the next series takes the place of what lies behind
    return encoded;
  }

  /** Rows that are written at once, a megabyte. */
  private int chunk() {
    return Math.max(1, (1 << 18) / width());
  }

  private void write(float[] values, long firstRow, int count) throws IOException {
    ByteBuffer buffer = room(count);
    buffer.asFloatBuffer().put(values, 0, count * width());
    long position = firstRow * width() * Float.BYTES;
    while (buffer.hasRemaining()) {
      channel.write(buffer, position + buffer.position());
    }
  }

  /**
   * Reads rows of a series.
   *
   * @param from its first row to read
   * @param values [count * width] receives inputs and labels, row after row
   */
  void read(EncodedSeries of, int from, int count, float[] values) throws IOException {
    ByteBuffer buffer = room(count);
    long position = (of.firstRow() + from) * width() * Float.BYTES;
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("encoded history: ends at " + channel.size());
      }
    }
    buffer.flip().order(ByteOrder.nativeOrder()).asFloatBuffer().get(values, 0, count * width());
  }

  private ByteBuffer room(int count) {
    int size = count * width() * Float.BYTES;
    if (bytes.capacity() < size) {
      bytes = ByteBuffer.allocateDirect(size);
    }
    return bytes.clear().limit(size).order(ByteOrder.nativeOrder());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
