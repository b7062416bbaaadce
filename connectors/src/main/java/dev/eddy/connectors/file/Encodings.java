package dev.eddy.connectors.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Finds the encoding of a text file: by its byte order mark or the zeros of UTF-16, else UTF-8
 * where no more bytes are broken than letters are read, else what a detector takes the bytes for.
 */
final class Encodings {
  private static final int BUFFER = 1 << 16;
  private static final int BEGINNING = 4096;
  private static final int LEAST_WORD = 3; // letters
  private static final Pattern OTHER_ALPHABETS =
      Pattern.compile(
          "(?i)ISO-8859-[5-8]|WINDOWS-125[1356]|KOI8-R|IBM8\\d\\d|MACCYRILLIC|TIS-?620");
  private static final Charset WESTERN = Charset.forName("windows-1252");
  private static final List<String> EASTERN = List.of("Shift_JIS", "windows-31j", "GB18030");

  private Encodings() {}

  /** The file's bytes, unpacked; {@code bytes} are as they lie on disk. */
  static InputStream unpacked(Path path, InputStream bytes) throws IOException {
    boolean packed = path.toString().endsWith(".gz");
    return packed ? new GZIPInputStream(bytes, BUFFER) : new BufferedInputStream(bytes, BUFFER);
  }

  static Charset of(Path path) throws IOException {
    try (InputStream bytes = unpacked(path, Files.newInputStream(path))) {
      byte[] first = bytes.readNBytes(BEGINNING);
      Charset wide = utf16(first);
      if (wide != null) {
        return wide;
      }
    }
    try (InputStream bytes = unpacked(path, Files.newInputStream(path))) {
      return isUtf8(bytes) ? StandardCharsets.UTF_8 : detect(path);
    }
  }

  // By its mark, or by the zeros of text that is mostly ASCII.
  private static @Nullable Charset utf16(byte[] first) {
    if (first.length >= 2) {
      int mark = (first[0] & 0xff) << 8 | (first[1] & 0xff);
      if (mark == 0xfeff || mark == 0xfffe) {
        return mark == 0xfeff ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
      }
    }
    int[] zeros = new int[2];
    for (int i = 0; i < first.length; i++) {
      zeros[i & 1] += first[i] == 0 ? 1 : 0;
    }
    if (Math.max(zeros[0], zeros[1]) * 4 < first.length) {
      return null;
    }
    return zeros[0] > zeros[1] ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
  }

  /** Whether all bytes are, or at least as many letters as bytes are broken. */
  private static boolean isUtf8(InputStream bytes) throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.allocate(BUFFER);
    CharBuffer out = CharBuffer.allocate(BUFFER);
    long letters = 0;
    long broken = 0;
    int read = 0;
    while (read >= 0) {
      read = bytes.read(in.array(), in.position(), in.remaining());
      in.limit(in.position() + Math.max(0, read)).position(0);
      CoderResult result = decoder.decode(in, out.clear(), read < 0);
      letters += notAscii(out.flip());
      while (result.isError()) {
        broken++;
        in.position(in.position() + result.length());
        result = decoder.decode(in, out.clear(), read < 0);
        letters += notAscii(out.flip());
      }
      in.compact();
    }
    return broken <= letters; // by chance bytes of another encoding are hardly ever UTF-8
  }

  private static int notAscii(CharBuffer text) {
    int count = 0;
    for (int i = text.position(); i < text.limit(); i++) {
      count += text.get(i) > 127 ? 1 : 0;
    }
    return count;
  }

  private static Charset detect(Path path) throws IOException {
    UniversalDetector detector = new UniversalDetector();
    byte[] buffer = new byte[BUFFER];
    try (InputStream bytes = unpacked(path, Files.newInputStream(path))) {
      int read = bytes.read(buffer);
      while (read > 0 && !detector.isDone()) {
        detector.handleData(buffer, 0, read);
        read = bytes.read(buffer);
      }
    }
    detector.dataEnd();
    String found = detector.getDetectedCharset();
    boolean known = found != null && Charset.isSupported(found);
    boolean doubted = known && OTHER_ALPHABETS.matcher(found).matches() && !hasOwnWords(path);
    return known && !doubted ? Charset.forName(found) : western(path);
  }

  /** Bytes that the western encoding has not are of an eastern one. */
  private static Charset western(Path path) throws IOException {
    return reads(path, WESTERN)
        ? WESTERN
        : EASTERN.stream()
            .filter(Charset::isSupported)
            .map(Charset::forName)
            .filter(each -> reads(path, each))
            .findFirst()
            .orElse(WESTERN);
  }

  private static boolean reads(Path path, Charset charset) {
    CharsetDecoder decoder = charset.newDecoder();
    try (InputStream bytes = unpacked(path, Files.newInputStream(path));
        Reader reader = new InputStreamReader(bytes, decoder)) {
      return reader.transferTo(Writer.nullWriter()) >= 0;
    } catch (CharacterCodingException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether most letters beyond ASCII stand beside others of their kind: so they do in words of
   * another alphabet, while Größe and Köln have few among those of ASCII.
   */
  private static boolean hasOwnWords(Path path) throws IOException {
    long letters = 0;
    long inWords = 0;
    int run = 0;
    try (InputStream bytes = unpacked(path, Files.newInputStream(path))) {
      int each = 0;
      while (each >= 0) {
        each = bytes.read();
        if (each > 127) {
          run++;
        } else {
          letters += run;
          inWords += run >= LEAST_WORD ? run : 0;
          run = 0;
        }
      }
    }
    return 2 * inWords > letters;
  }
}
