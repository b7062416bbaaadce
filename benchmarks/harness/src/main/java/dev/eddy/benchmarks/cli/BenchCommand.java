package dev.eddy.benchmarks.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.benchmarks.report.Machine;
import dev.eddy.benchmarks.report.Page;
import dev.eddy.model.spec.CellType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every benchmark has: results on standard output, progress on standard error, and JSON. */
abstract class BenchCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
  private CommandSpec spec;

  @Option(names = "--json", description = "Prints the result as one line of JSON at the end.")
  private boolean json;

  @Option(
      names = "--cells",
      split = ",",
      paramLabel = "CELL",
      defaultValue = "sru,lstm,gru,rnn",
      description = "Which cells; ${DEFAULT-VALUE} unless given.")
  private List<String> cells = List.of();

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Writes the tables as Markdown: a new file, or between the marks in one.")
  private @Nullable Path markdown;

  final void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** The cells that are asked for. */
  final List<CellType> cells() {
    return list("--cells", cells, CellType::of);
  }

  /** An empty page; wrong if it could not be written to the file that is named, if any. */
  final Page page(String name) throws IOException {
    Page page = new Page(name);
    if (markdown != null) {
      page.check(markdown);
    }
    return page;
  }

  /** Begins the page: what is measured, on which machine, with which engines. */
  static void describe(Page page, List<String> shape, Map<String, String> engines) {
    shape.forEach(page::line);
    page.line("");
    page.line("- machine: " + Machine.describe());
    engines.forEach((engine, text) -> page.line("- " + engine + ": " + text));
  }

  /** Shows the result, and writes it to a file besides, if one is named. */
  final void show(Page page) throws IOException {
    page.lines().forEach(this::print);
    if (markdown != null) {
      page.write(markdown);
      say("written to " + markdown);
    }
  }

  /** What a reader should know, though it is no result. */
  final void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  /** How far it is. */
  final void progress(String line) {
    say(line);
  }

  /** Prints the result, if asked to. */
  final void json(Object result) {
    if (!json) {
      return;
    }
    try {
      print(new ObjectMapper().writeValueAsString(result));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the result is no JSON", e);
    }
  }

  final <T> List<T> list(String option, List<String> names, Function<String, T> read) {
    List<T> values = new ArrayList<>();
    for (String name : names) {
      try {
        T value = read.apply(name);
        if (!values.contains(value)) {
          values.add(value);
        }
      } catch (IllegalArgumentException e) {
        throw wrong(option + ": " + e.getMessage());
      }
    }
    return values;
  }

  final List<Integer> positive(String option, List<Integer> values) {
    values.forEach(value -> positive(option, value));
    return values.stream().distinct().sorted().toList();
  }

  final int positive(String option, int value) {
    if (value < 1) {
      throw wrong(option + ": " + value + " (must be 1 or more)");
    }
    return value;
  }

  final void refuseBeside(String option, String... others) {
    for (String other : others) {
      if (spec.commandLine().getParseResult().hasMatchedOption(other)) {
        throw wrong(other + ": given beside " + option + " (must be one of the two)");
      }
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
