package dev.eddy.pipeline.check;

import dev.eddy.pipeline.announce.ServableModel;
import dev.eddy.pipeline.deployment.Deployment;
import java.util.List;

/**
 * Will the announced versions serve, and do they do what the deployment asks?
 *
 * @param deployment which they are announced for
 */
record ModelsQuestion(Deployment deployment) implements Question {
  @Override
  public void ask(Findings findings) {
    List<ServableModel> announced = ServableModel.of(deployment);
    if (announced.isEmpty()) {
      findings.note("no model is announced yet: `eddy run` needs one (run `eddy train` first)");
    }
    for (ServableModel model : announced) {
      if (model.refusal().isPresent()) {
        findings.wrong(model.refusal().get());
      } else {
        findings.fine("model " + model.id() + ", its weights and its features");
        model.missing().forEach(file -> findings.note(model.id() + ": " + file + " is missing"));
      }
      // Versions before the newest were made for the deployment as it was then.
      boolean newest = model.equals(announced.get(announced.size() - 1));
      model.differences().forEach(newest ? findings::wrong : findings::note);
    }
  }
}
