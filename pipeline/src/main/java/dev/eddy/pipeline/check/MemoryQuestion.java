package dev.eddy.pipeline.check;

import dev.eddy.model.inference.ServingMemory;
import dev.eddy.model.inference.TrainingMemory;
import dev.eddy.model.settings.MemoryEstimate;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.settings.UserMistake;

/**
 * Is there memory for it? Of a JVM like this one; a cluster's may have more.
 *
 * @param deployment what is estimated
 * @param serves whether it is to serve, too
 * @param longest rows of the longest key to learn from, or more than any where it is not known
 */
record MemoryQuestion(Deployment deployment, boolean serves, long longest) implements Question {
  private static final int INPUT_BYTES = 30; // of a recent input, beside its values

  @Override
  public void ask(Findings findings) {
    training(findings);
    if (serves) {
      findings.fine(deployment.servingMemory().require().describe());
      findings.fine("each key's state takes about " + MemoryEstimate.size(ofKey()) + recent());
    }
  }

  /** A machine that serves need not be one that can train. */
  private void training(Findings findings) {
    try {
      findings.fine(
          TrainingMemory.before(
                  deployment.trainingInput(), deployment.model(), deployment.training(), longest)
              .require()
              .describe());
    } catch (UserMistake tooLittle) {
      if (!serves) {
        throw tooLittle;
      }
      findings.note("cannot be trained here: " + tooLittle.getMessage());
    }
  }

  /** What is kept of each key to re-warm it. */
  private String recent() {
    long steps = deployment.serving().keptSteps();
    int fields = deployment.input().features().size() + deployment.input().categorical().size();
    long inputs = steps * 3 / 2; // between once and twice as many are
    return steps == 0
        ? ""
        : ", its recent inputs about "
            + MemoryEstimate.size(
                inputs * (INPUT_BYTES + (long) Double.BYTES * fields) + 2 * ofKey());
  }

  private long ofKey() {
    return ServingMemory.ofKey(
        deployment.trainingInput(), deployment.model(), deployment.training().seeds());
  }
}
