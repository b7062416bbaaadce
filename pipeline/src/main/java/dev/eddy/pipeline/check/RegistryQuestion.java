package dev.eddy.pipeline.check;

import dev.eddy.connectors.event.RecordEncoding;
import dev.eddy.connectors.registry.RegistrySettings;
import dev.eddy.connectors.registry.SchemaRegistry;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentFormats;
import java.time.Duration;
import java.util.List;

/**
 * Does the schema registry answer, and would it take the schema of predictions?
 *
 * @param deployment whose records have schemas there
 */
record RegistryQuestion(Deployment deployment) implements Question {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Override
  public void ask(Findings findings) {
    deployment.registry().ifPresent(settings -> ask(settings, findings));
  }

  private void ask(RegistrySettings settings, Findings findings) {
    SchemaRegistry registry = new SchemaRegistry(settings.address().within(PATIENCE));
    registry.require();
    findings.fine("registry at " + settings.address());
    if (deployment.output().encoding() != RecordEncoding.AVRO_CONFLUENT) {
      return;
    }
    String subject = DeploymentFormats.predictionSubject(deployment);
    List<String> obstacles =
        registry.obstacles(subject, DeploymentFormats.predictionSchema(deployment));
    if (!obstacles.isEmpty()) {
      findings.wrong(
          subject
              + ": "
              + String.join("; ", obstacles)
              + " (must be compatible with the latest version)");
    }
  }
}
