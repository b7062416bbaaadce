package dev.eddy.pipeline.check;

import dev.eddy.pipeline.flink.EmbeddedRefusals;
import org.apache.flink.configuration.Configuration;

/**
 * Can Flink start in this process?
 *
 * @param flink its settings
 */
record EmbeddedQuestion(Configuration flink) implements Question {
  @Override
  public void ask(Findings findings) {
    EmbeddedRefusals.of(flink).forEach(findings::wrong);
  }
}
