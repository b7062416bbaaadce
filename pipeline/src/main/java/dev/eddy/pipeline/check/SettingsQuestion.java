package dev.eddy.pipeline.check;

import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.flink.FlinkSettings;
import dev.eddy.pipeline.passed.PassedToFlink;
import dev.eddy.pipeline.passed.PassedToKafka;

/**
 * Are there settings that nobody knows? Values were read with the file.
 *
 * @param deployment whose they are
 */
record SettingsQuestion(Deployment deployment) implements Question {
  @Override
  public void ask(Findings findings) {
    PassedToKafka.unknown(deployment.kafka()).forEach(findings::note);
    PassedToFlink.unknown(deployment.flink()).forEach(findings::note);
    FlinkSettings.of(deployment.flink());
    findings.fine("settings");
  }
}
