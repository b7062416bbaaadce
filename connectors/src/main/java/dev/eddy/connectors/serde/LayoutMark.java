package dev.eddy.connectors.serde;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Names the layout of an event at the beginning of its bytes, for where no snapshot lies beside
 * them: an unaligned checkpoint keeps the events that were on their way as they were, and whoever
 * resumes from it, a newer Eddy maybe, has nothing but the bytes.
 *
 * <p>A mark is a byte with which no event began before there were marks, so that those are read,
 * too: a kind was 0 to 2, a text is no 0, which would be none.
 */
final class LayoutMark {
  private static final int BEFORE_KIND = 0x40; // to it the layout is added
  private static final int BEFORE_TEXT = 0;

  private LayoutMark() {}

  /** Marks an event that goes on with its kind, a byte below {@value #BEFORE_KIND}. */
  static void beforeKind(int layout, DataOutputView target) throws IOException {
    target.writeByte(BEFORE_KIND + layout);
  }

  /** Whether {@code first}, the first byte of an event that has a kind, is a mark. */
  static boolean isMark(int first) {
    return first >= BEFORE_KIND;
  }

  /** The layout that a mark before a kind stands for. */
  static int layout(int mark, int newest) throws IOException {
    return checked(mark - BEFORE_KIND, newest);
  }

  /** Marks an event that goes on with a text. */
  static void beforeText(int layout, DataOutputView target) throws IOException {
    target.writeByte(BEFORE_TEXT);
    target.writeByte(layout);
  }

  /**
   * The layout that a mark before a text stands for; 1 where there is no mark.
   *
   * @param first the first byte of the event
   * @param source goes on behind the mark
   * @param newest the layout that is written
   */
  static int layoutBeforeText(int first, DataInputView source, int newest) throws IOException {
    return first == BEFORE_TEXT ? checked(source.readUnsignedByte(), newest) : 1;
  }

  /**
   * Reads the text behind a mark, or without one.
   *
   * @param first the first byte of the event
   */
  static String readText(int first, DataInputView source) throws IOException {
    if (first == BEFORE_TEXT) {
      return StringValue.readString(source);
    }
    InputStream head = new ByteArrayInputStream(new byte[] {(byte) first});
    return StringValue.readString(
        new DataInputStream(new SequenceInputStream(head, new Rest(source))));
  }

  /** The text of an event whose marks tell of no other fields than there were without. */
  static String readText(DataInputView source, int newest) throws IOException {
    int first = source.readUnsignedByte();
    layoutBeforeText(first, source, newest);
    return readText(first, source);
  }

  private static int checked(int layout, int newest) throws IOException {
    if (layout < 1 || layout > newest) {
      throw new IOException(
          "event on its way: layout "
              + layout
              + " (this build reads 1 to "
              + newest
              + "; was the checkpoint taken by a newer Eddy?)");
    }
    return layout;
  }

  /** What follows in a view, which tells of no end. */
  private static final class Rest extends InputStream {
    private final DataInputView source;

    Rest(DataInputView source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      return source.readUnsignedByte();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      source.readFully(bytes, offset, length);
      return length;
    }
  }
}
