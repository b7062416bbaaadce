package dev.eddy.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * How a command has ended.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it complained of
 */
public record Ended(int code, String out, String err) {
  /** Exit code of what the user can mend. */
  public static final int MISTAKE = 2;

  /** Runs {@code eddy} with these arguments. */
  public static Ended eddy(Object... arguments) {
    return run(Eddy.commandLine(Path.of("eddy.log")), arguments);
  }

  static Ended run(CommandLine commandLine, Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] words = new String[arguments.length];
    for (int word = 0; word < words.length; word++) {
      words[word] = arguments[word].toString();
    }
    return new Ended(commandLine.execute(words), out.toString(), err.toString());
  }

  /** What {@code --json} printed: one object and nothing else. */
  public JsonNode json() {
    try {
      return new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(out);
    } catch (IOException e) {
      throw new AssertionError(out, e);
    }
  }

  /** Refused in one line that holds {@code text}. */
  public void assertMistake(String text) {
    assertThat(err.lines()).as(out).singleElement().asString().startsWith("eddy: ").contains(text);
    assertThat(code).as(err).isEqualTo(MISTAKE);
    assertThat(out + err).doesNotContain("Exception");
  }
}
