package dev.eddy.pipeline.cli.backtest;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.settings.FileFault;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Writes the predictions of a backtest into a CSV file, for who wants to score or draw them: a row
 * for each target and horizon of a forecast, or for each answered class.
 */
public final class PredictionsFile implements AutoCloseable {
  private final CSVPrinter csv;
  private @Nullable List<?> columns; // of the first prediction: quantiles, or labels

  private PredictionsFile(CSVPrinter csv) {
    this.csv = csv;
  }

  /**
   * Begins the file, in place of one that is there.
   *
   * @throws UserMistake when it cannot be written there
   */
  public static PredictionsFile create(Path file) {
    try {
      return new PredictionsFile(
          new CSVPrinter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), CSVFormat.RFC4180));
    } catch (IOException e) {
      throw new UserMistake(
          "--predictions: " + file + ": cannot be written (" + FileFault.of(e) + ")", e);
    }
  }

  public void write(Prediction prediction, @Nullable String label) {
    try {
      if (prediction.shape() instanceof PredictionShape.Forecast forecast) {
        write(prediction, forecast);
      } else {
        write(prediction, (PredictionShape.Classes) prediction.shape(), label);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Prediction prediction, PredictionShape.Forecast shape) throws IOException {
    List<Object> names = new ArrayList<>(List.of("target", "horizon", "target_time"));
    shape.quantiles().forEach(level -> names.add("q" + level));
    begin(shape.quantiles(), names);
    int at = 0;
    for (String target : shape.targets()) {
      for (int horizon : shape.horizons()) {
        List<Object> row = row(prediction);
        row.add(target);
        row.add(horizon);
        long ahead = shape.intervalMillis() * horizon;
        row.add(ahead > 0 ? Instant.ofEpochMilli(prediction.time() + ahead) : "");
        for (int quantile = 0; quantile < shape.quantiles().size(); quantile++) {
          row.add(prediction.values()[at++]);
        }
        csv.printRecord(row);
      }
    }
  }

  private void write(Prediction prediction, PredictionShape.Classes shape, @Nullable String label)
      throws IOException {
    List<Object> names = new ArrayList<>(List.of("true"));
    shape.labels().forEach(each -> names.add("p_" + each));
    begin(shape.labels(), names);
    List<Object> row = row(prediction);
    row.add(label == null ? "" : label);
    for (double probability : prediction.values()) {
      row.add((float) probability); // which it is
    }
    csv.printRecord(row);
  }

  private static List<Object> row(Prediction prediction) {
    return new ArrayList<>(
        List.of(
            prediction.key(), Instant.ofEpochMilli(prediction.time()), prediction.shape().model()));
  }

  private void begin(List<?> found, List<Object> names) throws IOException {
    if (columns == null) {
      columns = found;
      List<Object> heads = new ArrayList<>(List.of("key", "time", "model"));
      heads.addAll(names);
      csv.printRecord(heads);
    } else if (!columns.equals(found)) {
      throw new UserMistake(
          "--predictions: versions with other columns, "
              + found
              + " and "
              + columns
              + " (must be alike in one file; name one version with --model)");
    }
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
