package dev.eddy.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.eddy.model.spec.Head.Baseline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The yardsticks, on data whose figures were measured by other means. */
class MeasuredBaselinesTest {
  private static final Path ROOT = Path.of(System.getProperty("eddy.root", ".."));
  private static final Offset<Double> ROUNDED = within(0.005);
  private static final Offset<Double> FOUR_DIGITS = within(0.00006);

  @Test
  void persistence_of_the_sample_weather_is_as_measured() throws IOException {
    long year = LocalDate.of(2015, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    ForecastTally tally = tally(Duration.ofDays(1), 365, 1);
    ClassTally classes = new ClassTally(List.of("rain"), "rain");
    for (String line : lines(ROOT.resolve("samples/weather.csv"))) {
      String[] fields = line.split(",");
      long time =
          LocalDate.parse(fields[1]).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
      tally.observe(fields[0], time, new double[] {Double.parseDouble(fields[3])}, time >= year);
      tally.forecast(fields[0], new double[1]);
      if (time >= year) {
        classes.score(fields[0], fields[6], new double[1]);
      } else {
        classes.pass(fields[0], fields[6]);
      }
    }

    assertThat(tally.pooled().get(0).persistenceMae()).isCloseTo(2.58, ROUNDED);
    assertThat(tally.perKey())
        .extracting(ForecastScore::key)
        .containsExactly("New York", "Seattle");
    assertThat(tally.perKey().get(0).persistenceMae()).isCloseTo(2.93, ROUNDED);
    assertThat(tally.perKey().get(1).persistenceMae()).isCloseTo(2.24, ROUNDED);
    assertThat(classes.pooled().previous().accuracy()).isCloseTo(0.581, within(0.0005));
  }

  @Test
  void persistence_of_the_beijing_air_is_as_measured() throws IOException {
    String data = System.getenv("EDDY_DATA");
    Path folder =
        (data == null ? ROOT.resolve("../shared/data") : Path.of(data)).resolve("beijing-air");
    assumeTrue(Files.isDirectory(folder), "no beijing-air");
    long test = LocalDateTime.of(2016, 3, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
    ForecastTally tally = tally(Duration.ofHours(1), 24, 1, 6, 24);
    for (Path station : files(folder)) {
      String key = station.getFileName().toString();
      for (String line : lines(station)) {
        String[] f = line.split(",");
        long time =
            LocalDateTime.of(
                    Integer.parseInt(f[1]),
                    Integer.parseInt(f[2]),
                    Integer.parseInt(f[3]),
                    Integer.parseInt(f[4]),
                    0)
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
        double actual = f[5].equals("NA") ? Double.NaN : Double.parseDouble(f[5]);
        tally.observe(key, time, new double[] {actual}, time >= test);
        tally.forecast(key, new double[3]);
      }
    }

    // Counted by the target's time; by the origin's it would be 10.31, 31.44 and 57.48.
    assertThat(tally.pooled()).extracting(ForecastScore::count).containsOnly(34_298L);
    assertThat(tally.pooled().get(0).persistenceMae()).isCloseTo(10.3065, FOUR_DIGITS);
    assertThat(tally.pooled().get(1).persistenceMae()).isCloseTo(31.4327, FOUR_DIGITS);
    assertThat(tally.pooled().get(2).persistenceMae()).isCloseTo(57.5413, FOUR_DIGITS);
  }

  private static ForecastTally tally(Duration interval, int season, Integer... horizons) {
    List<Baseline> last = Collections.nCopies(horizons.length, Baseline.last());
    return new ForecastTally(
        new ForecastCriteria(
            List.of(horizons),
            List.of(0.5),
            Optional.of(interval),
            List.of(ForecastCriteria.Target.of("target", season, List.of(), last))));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
  }

  private static List<String> lines(Path file) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    return lines.subList(1, lines.size());
  }
}
