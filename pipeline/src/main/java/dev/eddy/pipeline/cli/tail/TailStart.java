package dev.eddy.pipeline.cli.tail;

import dev.eddy.connectors.kafka.client.TopicReader;
import dev.eddy.settings.UserMistake;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where {@code eddy tail} begins to read. */
@FunctionalInterface
public interface TailStart {
  Pattern PLACE = Pattern.compile("(\\d{1,9})@(\\d{1,18})");

  /** Goes there. */
  void seek(TopicReader reader);

  /**
   * Reads {@code --from}.
   *
   * @throws UserMistake saying what it must be
   */
  static TailStart of(String written) {
    Matcher place = PLACE.matcher(written);
    if (place.matches()) {
      int partition = Integer.parseInt(place.group(1));
      long offset = Long.parseLong(place.group(2));
      return reader -> reader.seekTo(partition, offset);
    }
    return switch (written) {
      case "beginning" -> reader -> {};
      case "end" -> TopicReader::seekToEnd;
      default -> {
        Instant time = time(written);
        yield reader -> reader.seekToTime(time);
      }
    };
  }

  private static Instant time(String written) {
    try {
      return written.contains("T")
          ? Instant.parse(written)
          : LocalDate.parse(written).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new UserMistake(
          "--from: "
              + written
              + " (must be beginning, end, a time such as 2026-01-31T12:00:00Z, or"
              + " PARTITION@OFFSET)",
          e);
    }
  }
}
