package dev.eddy.pipeline.cli;

import static dev.eddy.pipeline.cli.Ended.eddy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes with files, settings and stores are one line each. */
class FileMistakesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replay.files=none*.csv | replay.files: FOLDER/none*.csv (must be a file, or a glob that
          replay.files=. | replay.files: FOLDER (must be a file, or a glob that matches one)
          replay.files=empty.csv | FOLDER/empty.csv: empty (must begin with a row that names the
          replay.files=no.csv.gz | FOLDER/no.csv.gz: cannot be read (Not in GZIP format)
          replay.files=ragged.csv | FOLDER/ragged.csv:3: 3 columns (must be 2)
          replay.files=quotes.csv | FOLDER/quotes.csv:2: Invalid character between
          replay.files=header.csv | replay.files: no observations in [FOLDER/header.csv] (must hold
          replay.key=pump | FOLDER/rows.csv: replay.key: pump (must be one of the columns [
          replay.delimiter='"' | FOLDER/rows.csv: replay.delimiter: " (must go with replay.quote and replay.comment: The
          replay={files: [rows.csv]} | --set: replay.time: missing (must be given)
          training.split={by: time, validation-from: 2025-12-01, test-from: 2025-12-01} | training part: no observation (must be at least one)
          training.split={by: time, validation-from: 2035-01-01, test-from: 2036-01-01} | training.split: validation-from: 2035-01-01T00:00:00Z, test-from: 2036-01-01T00:00:00Z (must be such that something of the history validates, or ask for no validation part)
          training.split={by: last, validation: 1000000, test: 0} | training.split: validation: 1000000 (must be such that something of the history validates
          training.split={by: key, validation: 1.0, test: 0.1} | --set: training.split.validation: 1.0 (must be a random fraction of the keys, above 0, below 1)
          training.split={by: key, validation: '*', test: '*'} | training.split: 0 validation and 1 test keys (must be fewer than the history's 1)
          model={hidden: 4096, layers: 64} | model.hidden: 4096 (must be less: training would take
          training={split: {by: last, validation: 5, test: 5}, batch: 65536, sequence-length: 100000} | training.batch: 65536 (must be less: training would take
          training.split={by: key, validation: [], test: [s9]} | training.split: s9 (must be a key of the history)
          model.horizons=[900] | model.horizons: 900: no observed load in the training part (must be
          training.learning-rate=1e30 | training: loss after update 2: Infinity (must be finite; lower
          model.hidden | --set model.hidden: no setting (must be like model.hidden=32)
          """)
  void training_refuses_it(String setting, String line) throws IOException {
    eddy("train", "--files", "-c", deployment(), "--set", setting)
        .assertMistake("eddy: " + line.replace("FOLDER", folder.toString()));
  }

  @Test
  void a_deployment_that_is_missing_or_none() throws IOException {
    Path none = folder.resolve("none.yaml");
    eddy("run", "-c", none).assertMistake(none + ": missing (must be a YAML file that describes");
    eddy("run", "-c", folder).assertMistake(folder + ": cannot be read (");
    Files.write(none, new byte[] {'n', ':', '\n', 'a', ':', ' ', (byte) 0xE9, '\n'});
    eddy("run", "-c", none).assertMistake(none + ":2: byte E9 (must be text in UTF-8)");
    Files.delete(none);
    Files.createSymbolicLink(none, none);
    eddy("run", "-c", none).assertMistake(none + ": cannot be read (Too many levels");
    Files.delete(none);
    Files.writeString(none, "just words");
    eddy("run", "-c", none).assertMistake(none + ": no settings (must be a mapping");
  }

  @Test
  void files_need_no_brokers_and_topics_and_a_run_names_what_is_missing() throws IOException {
    Path yaml = deployment();
    Files.writeString(yaml, Files.readString(yaml).replaceAll("(?m)^(kafka|topics): .*\n", ""));
    for (String command : List.of("check", "train", "backtest")) {
      Ended ended = eddy(command, "--files", "-c", yaml);
      assertThat(ended.code()).as(command + ended.out() + ended.err()).isZero();
    }
    eddy("run", "-c", yaml)
        .assertMistake(
            yaml + ": kafka.bootstrap.servers, topics: missing (must be given: only check, train");
    eddy("run", "-c", yaml, "--set", "topics={observations: o, predictions: p, models: m}")
        .assertMistake(": kafka.bootstrap.servers, topics.dead-letters: missing (must be given");
  }

  @Test
  void a_store_that_is_a_file_or_has_nothing() throws IOException {
    Path yaml = deployment();
    eddy("backtest", "--files", "-c", yaml)
        .assertMistake("model pump: no version in " + folder.resolve("models") + " (must be");
    eddy("backtest", "--files", "-c", yaml, "--set", "store=rows.csv")
        .assertMistake("store " + folder.resolve("rows.csv/pump") + ": cannot be listed (");
    eddy("models", "list", "-c", yaml, "--set", "store=gopher://host/models")
        .assertMistake("store gopher://host/models/pump: cannot be listed (");
    eddy("models", "list", "-c", yaml, "--set", "store=s3:// /models")
        .assertMistake(
            "store: s3:// /models (must be a directory or a file system's URI, where a blank is"
                + " %20)");
  }

  @Test
  void a_start_from_files_that_cannot_be_read_or_written() throws IOException {
    Path yaml = deployment();
    Path rows = folder.resolve("rows.csv");
    eddy("init", "--from", folder.resolve("no.csv"))
        .assertMistake("--from: " + folder.resolve("no.csv") + " (must be a file, or a glob");
    eddy("init", "--from", folder).assertMistake("--from: " + folder + ": a folder (must be files");
    eddy("init", "--from", folder.resolve("empty.csv"), "-o", folder.resolve("a.yaml"))
        .assertMistake(
            "--from: " + folder.resolve("empty.csv") + ": 0 rows (must have at least 2)");
    eddy("init", "--from", rows, "-o", yaml)
        .assertMistake("--output: " + yaml + ": exists (must be another, or --force replaces it)");
    eddy("init", "--from", rows, "-o", folder.resolve("no/a.yaml"))
        .assertMistake(
            "--output: " + folder.resolve("no/a.yaml") + ": cannot be written (missing)");
    eddy("init", "--from", rows, "--target", "heat", "-o", folder.resolve("a.yaml"))
        .assertMistake("--target: heat (must be one of the columns [at, load])");
    eddy("init", "--from", rows, "--interval", "soon", "-o", folder.resolve("a.yaml"))
        .assertMistake("--interval: soon (must be a number with a unit");
    assertThat(folder.resolve("a.yaml")).doesNotExist();
  }

  private Path deployment() throws IOException {
    Files.writeString(folder.resolve("rows.csv"), rows());
    Files.writeString(folder.resolve("header.csv"), "at,load\n");
    Files.writeString(folder.resolve("ragged.csv"), "at,load\n2026-01-01,1\n2026-01-02,1,2\n");
    Files.writeString(folder.resolve("quotes.csv"), "at,load\n\"2026-01-01\"x,1\n");
    Files.writeString(folder.resolve("no.csv.gz"), rows());
    Files.writeString(folder.resolve("empty.csv"), "");
    return Files.writeString(
        folder.resolve("pump.yaml"),
        """
        name: pump
        store: models
        kafka: {bootstrap.servers: "127.0.0.1:1"}
        topics: {observations: o, predictions: p, models: m, dead-letters: d}
        input: {features: [load], target: load}
        model: {hidden: 4, layers: 1, horizons: [1, 2]}
        training: {split: {by: time, validation-from: 2026-02-10, test-from: 2026-02-20},
                   updates: 8, batch: 2, sequence-length: 16, burn-in: 2, validate-every: 4}
        replay: {files: [rows.csv], key: {constant: pump}, time: {columns: [at]}}
        """);
  }

  private static String rows() {
    StringBuilder csv = new StringBuilder("at,load\n");
    for (int day = 0; day < 60; day++) {
      csv.append("2026-%02d-%02d,%d\n".formatted(1 + day / 28, 1 + day % 28, day % 7));
    }
    return csv.toString();
  }
}
