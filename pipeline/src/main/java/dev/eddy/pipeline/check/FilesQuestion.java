package dev.eddy.pipeline.check;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.file.ReplayReader;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.pipeline.deployment.Deployment;

/**
 * Can the files be read that are to be replayed?
 *
 * @param deployment which names them
 * @param replay how
 */
record FilesQuestion(Deployment deployment, ReplaySettings replay) implements Question {
  @Override
  public void ask(Findings findings) {
    try (ReplayReader reader = new ReplayReader(replay, deployment.input().observationSchema())) {
      Observation first = reader.next();
      if (first == null) {
        findings.wrong("replay.files: " + replay.files() + " (must hold observations)");
      } else {
        findings.fine("replay: files can be read, the first key is " + first.key());
      }
    }
  }
}
