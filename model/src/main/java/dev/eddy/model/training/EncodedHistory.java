package dev.eddy.model.training;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

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

  /** Rows of the longest series, at least one: no window is longer. */
  int longest() {
    return series.stream().mapToInt(EncodedSeries::length).max().orElse(1);
  }

  void add(EncodedSeries encoded) {
    if (encoded.length() > 0) {
      series.add(encoded);
    }
  }

  void addStart(EncodedSeries encoded) {
    if (encoded.length() > 0) {
      starts.add(encoded);
    }
  }

  /** Rows that are written at once, a megabyte. */
  int chunk() {
    return Math.max(1, (1 << 18) / width());
  }

  /**
   * Writes rows of the series that is being encoded.
   *
   * @param from its first row to write
   * @param values [count * width] inputs and labels, row after row
   */
  void write(float[] values, int from, int count) throws IOException {
    write(values, rows + from, count);
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

  /** Ends the series that is being encoded; the next one takes the place of what lies behind. */
  EncodedSeries end(int length, int[] trainingEnd, int[] validationEnd) {
    EncodedSeries encoded = new EncodedSeries(rows, length, trainingEnd, validationEnd);
    rows += length;
    return encoded;
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
