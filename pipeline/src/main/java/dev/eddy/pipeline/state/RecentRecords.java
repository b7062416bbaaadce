package dev.eddy.pipeline.state;

import dev.eddy.connectors.event.FutureValues;
import dev.eddy.model.encoding.KeyMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@link RecentRecord}s as bytes, big-endian, and reads them. Each begins with its kind, so
 * that another layout of one is another kind.
 *
 * <pre>
 * 1 begin   int version, long[4] digest, doubles statistics, doubles values of the memory
 * 2 fields  texts numeric, texts categorical
 * 3 input   byte set back, long time, doubles numeric, texts categories, future
 * 4 told    future
 *
 * doubles   int n, double[n]
 * texts     int n, n times: int bytes, -1 for null, and the text in UTF-8
 * future    int n, n times: long when, int feature, double value
 * </pre>
 */
public final class RecentRecords {
  private static final byte BEGIN = 1;
  private static final byte FIELDS = 2;
  private static final byte INPUT = 3;
  private static final byte TOLD = 4;

  private static final int NULL = -1;
  private static final int TOLD_BYTES = 2 * Long.BYTES + Integer.BYTES;

  private RecentRecords() {}

  /** The bytes of a record. */
  public static byte[] write(RecentRecord record) {
    if (record instanceof RecentRecord.Begin begin) {
      return write(begin);
    } else if (record instanceof RecentRecord.Fields fields) {
      return write(fields);
    } else if (record instanceof RecentRecord.Input input) {
      return write(input);
    }
    FutureValues future = ((RecentRecord.Told) record).future();
    ByteBuffer buffer = ByteBuffer.allocate(1 + bytes(future)).put(TOLD);
    put(future, buffer);
    return buffer.array();
  }

  private static byte[] write(RecentRecord.Begin begin) {
    double[] statistics = begin.memory().statistics();
    double[] values = begin.memory().values();
    int fixed = 1 + Integer.BYTES + 4 * Long.BYTES;
    ByteBuffer buffer = ByteBuffer.allocate(fixed + bytes(statistics) + bytes(values)).put(BEGIN);
    ExactModel model = begin.model();
    buffer.putInt(model.version()).putLong(model.first()).putLong(model.second());
    buffer.putLong(model.third()).putLong(model.fourth());
    put(statistics, buffer);
    put(values, buffer);
    return buffer.array();
  }

  private static byte[] write(RecentRecord.Fields fields) {
    byte[][] numeric = encoded(fields.numeric().toArray(new String[0]));
    byte[][] categorical = encoded(fields.categorical().toArray(new String[0]));
    ByteBuffer buffer = ByteBuffer.allocate(1 + bytes(numeric) + bytes(categorical)).put(FIELDS);
    put(numeric, buffer);
    put(categorical, buffer);
    return buffer.array();
  }

  private static byte[] write(RecentRecord.Input input) {
    byte[][] categories = encoded(input.categories());
    int values = bytes(input.numeric()) + bytes(categories) + bytes(input.future());
    ByteBuffer buffer = ByteBuffer.allocate(2 + Long.BYTES + values).put(INPUT);
    buffer.put((byte) (input.setBack() ? 1 : 0)).putLong(input.time());
    put(input.numeric(), buffer);
    put(categories, buffer);
    put(input.future(), buffer);
    return buffer.array();
  }

  /**
   * The record of some bytes.
   *
   * @throws IOException where they are of a kind that this Eddy does not know
   */
  public static RecentRecord read(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte kind = in.get();
    return switch (kind) {
      case BEGIN -> new RecentRecord.Begin(model(in), new KeyMemory(doubles(in), doubles(in)));
      case FIELDS -> new RecentRecord.Fields(names(in), names(in));
      case INPUT -> {
        boolean setBack = in.get() == 1;
        yield new RecentRecord.Input(in.getLong(), doubles(in), texts(in), future(in), setBack);
      }
      case TOLD -> new RecentRecord.Told(future(in));
      default ->
          throw new IOException(
              "recent input: kind " + kind + " (must be 1 to 4; written by a newer Eddy?)");
    };
  }

  private static int bytes(double[] values) {
    return Integer.BYTES + values.length * Double.BYTES;
  }

  private static int bytes(FutureValues future) {
    return Integer.BYTES + future.size() * TOLD_BYTES;
  }

  private static int bytes(byte[][] texts) {
    int bytes = Integer.BYTES;
    for (byte[] text : texts) {
      bytes += Integer.BYTES + (text == null ? 0 : text.length);
    }
    return bytes;
  }

  private static byte[][] encoded(@Nullable String[] texts) {
    byte[][] encoded = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      String text = texts[i];
      encoded[i] = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
    return encoded;
  }

  private static void put(double[] values, ByteBuffer out) {
    out.putInt(values.length);
    for (double value : values) {
      out.putDouble(value);
    }
  }

  private static void put(byte[][] texts, ByteBuffer out) {
    out.putInt(texts.length);
    for (byte[] text : texts) {
      if (text == null) {
        out.putInt(NULL);
      } else {
        out.putInt(text.length).put(text);
      }
    }
  }

  private static void put(FutureValues future, ByteBuffer out) {
    out.putInt(future.size());
    for (int i = 0; i < future.size(); i++) {
      out.putLong(future.when()[i]).putInt(future.features()[i]).putDouble(future.values()[i]);
    }
  }

  private static ExactModel model(ByteBuffer in) {
    return new ExactModel(in.getInt(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }

  private static double[] doubles(ByteBuffer in) {
    double[] values = new double[in.getInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.getDouble();
    }
    return values;
  }

  private static @Nullable String[] texts(ByteBuffer in) {
    @Nullable String[] texts = new @Nullable String[in.getInt()];
    for (int i = 0; i < texts.length; i++) {
      int length = in.getInt();
      if (length != NULL) {
        byte[] text = new byte[length];
        in.get(text);
        texts[i] = new String(text, StandardCharsets.UTF_8);
      }
    }
    return texts;
  }

  private static List<String> names(ByteBuffer in) {
    List<String> names = new ArrayList<>();
    for (String name : texts(in)) {
      names.add(String.valueOf(name));
    }
    return List.copyOf(names);
  }

  private static FutureValues future(ByteBuffer in) {
    int size = in.getInt();
    if (size == 0) {
      return FutureValues.NONE;
    }
    FutureValues future = new FutureValues(new long[size], new int[size], new double[size]);
    for (int i = 0; i < size; i++) {
      future.when()[i] = in.getLong();
      future.features()[i] = in.getInt();
      future.values()[i] = in.getDouble();
    }
    return future;
  }
}
