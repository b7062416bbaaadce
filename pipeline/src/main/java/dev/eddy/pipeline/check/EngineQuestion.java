package dev.eddy.pipeline.check;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.pipeline.announce.EngineChoice;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.deployment.Deployment;

/**
 * What steps the network here?
 *
 * @param deployment which asks for an engine
 */
record EngineQuestion(Deployment deployment) implements Question {
  @Override
  public void ask(Findings findings) {
    EngineKind chosen =
        EngineChoice.of(
            deployment.serving(),
            deployment.trustedStores(),
            new ModelAnnouncer(deployment)::standing);
    findings.fine("engine " + StepEngines.here(chosen).configName());
    StepEngines.slowness(chosen).ifPresent(findings::note);
  }
}
