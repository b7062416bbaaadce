package dev.eddy.model.history;

import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawFutureUpdate;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One file that a {@link HistoryWriter} wrote: its index in memory, its rows read by position. */
final class HistoryReader implements Closeable {
  private final Path file;
  private final FeatureSchema schema;
  private final FileChannel channel;
  private final List<String> keys = new ArrayList<>();
  private final long[] firstBytes; // [keys + 1]
  private final int[] lengths; // [keys] rows
  private final String[] texts;

  HistoryReader(Path file, FeatureSchema schema) throws IOException {
    this.file = file;
    this.schema = schema;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    long end = channel.size() - Long.BYTES;
    if (end < 2L * Long.BYTES || read(0, Long.BYTES).getLong() != HistoryWriter.MAGIC) {
      throw new IllegalArgumentException(file + ": something else (must be a whole history file)");
    }
    channel.position(read(end, Long.BYTES).getLong());
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16));
    int count = in.readInt();
    firstBytes = new long[count + 1];
    lengths = new int[count];
    for (int i = 0; i < count; i++) {
      keys.add(readText(in));
      firstBytes[i] = in.readLong();
      lengths[i] = in.readInt();
    }
    firstBytes[count] = in.readLong();
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
    return lengths[keyIndex];
  }

  KeyHistory readKey(int keyIndex) throws IOException {
    List<RawInput> inputs = new ArrayList<>(lengths[keyIndex]);
    @Nullable String[] labels = new @Nullable String[lengths[keyIndex]];
    long[] recordTimes = new long[lengths[keyIndex]];
    Map<Integer, List<RawFutureUpdate>> futureUpdates = new HashMap<>();
    Entries entries = new Entries(firstBytes[keyIndex], firstBytes[keyIndex + 1]);
    int rowBytes = HistoryWriter.rowBytes(schema);
    while (entries.hasNext()) {
      byte kind = entries.bytes(1).get();
      if (kind == HistoryWriter.FUTURE_UPDATE) {
        long time = entries.bytes(Long.BYTES).getLong();
        futureUpdates
            .computeIfAbsent(inputs.size(), row -> new ArrayList<>())
            .add(new RawFutureUpdate(time, readFuture(entries)));
      } else {
        RawInput input = readRow(entries.bytes(rowBytes));
        labels[inputs.size()] = text(entries.bytes(Integer.BYTES).getInt());
        recordTimes[inputs.size()] = entries.bytes(Long.BYTES).getLong();
        inputs.add(
            kind == HistoryWriter.ROW
                ? input
                : new RawInput(
                    input.time(), input.numeric(), input.categories(), readFuture(entries)));
      }
    }
    return new KeyHistory(keys.get(keyIndex), inputs, labels, recordTimes, futureUpdates);
  }

  private static RawFuture readFuture(Entries entries) throws IOException {
    int size = entries.bytes(Integer.BYTES).getInt();
    RawFuture future = new RawFuture(new long[size], new int[size], new double[size]);
    for (int i = 0; i < size; i++) {
      ByteBuffer bytes = entries.bytes(HistoryWriter.VALUE_BYTES);
      future.when()[i] = bytes.getLong();
      future.features()[i] = bytes.getShort();
      future.values()[i] = bytes.getDouble();
    }
    return future;
  }

  private RawInput readRow(ByteBuffer bytes) {
    long time = bytes.getLong();
    double[] numeric = new double[schema.numeric().size()];
    for (int i = 0; i < numeric.length; i++) {
      numeric[i] = bytes.getDouble();
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

  /** A run of the file's bytes, of which a part at a time is in memory. */
  private final class Entries {
    private static final int CHUNK = 1 << 20;

    private final long end;
    private long next; // of the file, behind the part in memory
    private ByteBuffer part = ByteBuffer.allocate(0);

    Entries(long begin, long end) {
      this.next = begin;
      this.end = end;
    }

    boolean hasNext() {
      return part.hasRemaining() || next < end;
    }

    /** The bytes that follow, at least {@code count} of them in memory. */
    ByteBuffer bytes(int count) throws IOException {
      if (part.remaining() < count) {
        long begin = next - part.remaining();
        int length = (int) Math.min(Math.max(CHUNK, count), end - begin);
        part = read(begin, length);
        next = begin + length;
      }
      return part;
    }
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
