package dev.eddy.model.training;

import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.RawInput;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One file that a {@link HistoryWriter} wrote: its index in memory, its rows read by position. */
final class HistoryFile implements Closeable {
  private final Path file;
  private final FeatureSchema schema;
  private final FileChannel channel;
  private final List<String> keys = new ArrayList<>();
  private final long[] firstRows; // [keys + 1]
  private final String[] texts;

  HistoryFile(Path file, FeatureSchema schema) throws IOException {
    this.file = file;
    this.schema = schema;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    long end = channel.size() - Long.BYTES;
    Require.that(
        end >= 2L * Long.BYTES && read(0, Long.BYTES).getLong() == HistoryWriter.MAGIC,
        file.toString(),
        "something else",
        "a whole history file");
    channel.position(read(end, Long.BYTES).getLong());
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16));
    int count = in.readInt();
    firstRows = new long[count + 1];
    for (int i = 0; i < count; i++) {
      keys.add(readText(in));
      firstRows[i] = in.readLong();
    }
    firstRows[count] = in.readLong();
    texts = new String[in.readInt()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = readText(in);
    }
  }

  Path path() {
    return file;
  }

  List<String> keys() {
    return keys;
  }

  int length(int keyIndex) {
    return Math.toIntExact(firstRows[keyIndex + 1] - firstRows[keyIndex]);
  }

  KeyHistory readKey(int keyIndex) throws IOException {
    int length = length(keyIndex);
    int rowBytes = HistoryWriter.rowBytes(schema);
    List<RawInput> inputs = new ArrayList<>(length);
    @Nullable String[] labels = new @Nullable String[length];
    int chunk = Math.max(1, (1 << 20) / rowBytes);
    for (int from = 0; from < length; from += chunk) {
      int rows = Math.min(chunk, length - from);
      long position = Long.BYTES + (firstRows[keyIndex] + from) * rowBytes;
      ByteBuffer bytes = read(position, rows * rowBytes);
      for (int row = from; row < from + rows; row++) {
        inputs.add(readRow(bytes));
        labels[row] = text(bytes.getInt());
      }
    }
    return new KeyHistory(keys.get(keyIndex), inputs, labels);
  }

  private RawInput readRow(ByteBuffer bytes) {
    long time = bytes.getLong();
    float[] numeric = new float[schema.numeric().size()];
    for (int i = 0; i < numeric.length; i++) {
      numeric[i] = bytes.getFloat();
    }
    @Nullable String[] categories = new @Nullable String[schema.categorical().size()];
    for (int i = 0; i < categories.length; i++) {
      categories[i] = text(bytes.getInt());
    }
    return new RawInput(time, numeric, categories);
  }

  private @Nullable String text(int code) {
    return code < 0 ? null : texts[code];
  }

  private ByteBuffer read(long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException(file + ": ends at " + channel.size() + " (must go on: cut off)");
      }
    }
    return bytes.flip();
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
