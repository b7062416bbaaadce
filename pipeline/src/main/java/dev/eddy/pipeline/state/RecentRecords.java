package dev.eddy.pipeline.state;

import dev.eddy.connectors.event.FutureValues;
import dev.eddy.model.encoding.KeyMemory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@link RecentRecord}s as bytes, and reads them. Each begins with its kind, so that another
 * layout of one is another kind.
 *
 * <pre>
 * 1 begin   int version, long[4] digest, doubles statistics, doubles values of the memory
 * 2 fields  strings numeric, strings categorical
 * 3 input   byte set back, long time, doubles numeric, strings categories, future
 * 4 told    future
 *
 * doubles   int n, double[n]
 * strings   int n, n times: byte 0 for null, else byte 1 and the text as {@code writeUTF} does
 * future    int n, n times: long when, int feature, double value
 * </pre>
 */
public final class RecentRecords {
  private static final int BEGIN = 1;
  private static final int FIELDS = 2;
  private static final int INPUT = 3;
  private static final int TOLD = 4;

  private RecentRecords() {}

  /** The bytes of a record. */
  public static byte[] write(RecentRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      if (record instanceof RecentRecord.Begin begin) {
        out.writeByte(BEGIN);
        write(begin.model(), out);
        write(begin.memory().statistics(), out);
        write(begin.memory().values(), out);
      } else if (record instanceof RecentRecord.Fields fields) {
        out.writeByte(FIELDS);
        write(fields.numeric().toArray(new String[0]), out);
        write(fields.categorical().toArray(new String[0]), out);
      } else if (record instanceof RecentRecord.Input input) {
        out.writeByte(INPUT);
        out.writeByte(input.setBack() ? 1 : 0);
        out.writeLong(input.time());
        write(input.numeric(), out);
        write(input.categories(), out);
        write(input.future(), out);
      } else {
        out.writeByte(TOLD);
        write(((RecentRecord.Told) record).future(), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The record of some bytes.
   *
   * @throws IOException where they are of a kind that this Eddy does not know
   */
  public static RecentRecord read(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int kind = in.readByte();
      return switch (kind) {
        case BEGIN -> new RecentRecord.Begin(model(in), new KeyMemory(doubles(in), doubles(in)));
        case FIELDS -> new RecentRecord.Fields(names(in), names(in));
        case INPUT -> {
          boolean setBack = in.readByte() == 1;
          yield new RecentRecord.Input(
              in.readLong(), doubles(in), strings(in), future(in), setBack);
        }
        case TOLD -> new RecentRecord.Told(future(in));
        default ->
            throw new IOException(
                "recent input: kind " + kind + " (must be 1 to 4; written by a newer Eddy?)");
      };
    }
  }

  private static void write(ExactModel model, DataOutputStream out) throws IOException {
    out.writeInt(model.version());
    out.writeLong(model.first());
    out.writeLong(model.second());
    out.writeLong(model.third());
    out.writeLong(model.fourth());
  }

  private static void write(double[] values, DataOutputStream out) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeLong(Double.doubleToRawLongBits(value));
    }
  }

  private static void write(@Nullable String[] texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.length);
    for (String text : texts) {
      out.writeByte(text == null ? 0 : 1);
      if (text != null) {
        out.writeUTF(text);
      }
    }
  }

  private static void write(FutureValues future, DataOutputStream out) throws IOException {
    out.writeInt(future.size());
    for (int i = 0; i < future.size(); i++) {
      out.writeLong(future.when()[i]);
      out.writeInt(future.features()[i]);
      out.writeLong(Double.doubleToRawLongBits(future.values()[i]));
    }
  }

  private static ExactModel model(DataInputStream in) throws IOException {
    return new ExactModel(in.readInt(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }

  private static double[] doubles(DataInputStream in) throws IOException {
    double[] values = new double[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }

  private static @Nullable String[] strings(DataInputStream in) throws IOException {
    @Nullable String[] texts = new @Nullable String[in.readInt()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = in.readByte() == 0 ? null : in.readUTF();
    }
    return texts;
  }

  private static List<String> names(DataInputStream in) throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : strings(in)) {
      names.add(String.valueOf(name));
    }
    return List.copyOf(names);
  }

  private static FutureValues future(DataInputStream in) throws IOException {
    int size = in.readInt();
    if (size == 0) {
      return FutureValues.NONE;
    }
    FutureValues future = new FutureValues(new long[size], new int[size], new double[size]);
    for (int i = 0; i < size; i++) {
      future.when()[i] = in.readLong();
      future.features()[i] = in.readInt();
      future.values()[i] = in.readDouble();
    }
    return future;
  }
}
