package dev.eddy.pipeline.cli.command;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.file.ReplayReader;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.inference.ServingMemory;
import dev.eddy.model.settings.MemoryEstimate;
import dev.eddy.model.training.TrainingMemory;
import dev.eddy.pipeline.announce.EngineChoice;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.announce.ServableModel;
import dev.eddy.pipeline.cli.console.Mistakes;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at everything that a deployment needs: files, brokers, topics, engine, models. Its YAML has
 * been read already.
 */
final class DeploymentCheck {
  private final Deployment deployment;
  private final List<String> fine = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  private DeploymentCheck(Deployment deployment) {
    this.deployment = deployment;
  }

  /** Looks at everything; changes nothing. */
  static DeploymentCheck of(Deployment deployment) {
    DeploymentCheck check = new DeploymentCheck(deployment);
    check.fine.add("settings");
    check.memory();
    check.attempt(check::servingMemory);
    deployment.replay().ifPresent(check::files);
    check.attempt(check::engine);
    check.attempt(check::topics);
    return check;
  }

  /** Looks at what learning from files needs. */
  static DeploymentCheck ofFiles(Deployment deployment) {
    DeploymentCheck check = new DeploymentCheck(deployment);
    check.fine.add("settings");
    check.memory();
    deployment
        .replay()
        .ifPresentOrElse(
            check::files,
            () -> check.wrong.add("replay: missing (must say which files to learn from)"));
    return check;
  }

  /** What is as it must be. */
  List<String> fine() {
    return List.copyOf(fine);
  }

  /** What is worth knowing and stops nothing. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** What must be mended. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  private void attempt(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException e) {
      wrong.addAll(Mistakes.in(e).orElseThrow(() -> e).lines());
    }
  }

  private void files(ReplaySettings replay) {
    attempt(
        () -> {
          try (ReplayReader reader =
              new ReplayReader(replay, deployment.input().observationSchema())) {
            Observation first = reader.next();
            if (first == null) {
              wrong.add("replay.files: " + replay.files() + " (must hold observations)");
            } else {
              fine.add("replay: files can be read, the first key is " + first.key());
            }
          }
        });
  }

  /** Of a JVM like this one; a cluster's may have more. */
  private void memory() {
    attempt(
        () ->
            fine.add(
                TrainingMemory.before(
                        deployment.trainingInput(), deployment.model(), deployment.training())
                    .require()
                    .describe()));
  }

  private void servingMemory() {
    fine.add(deployment.servingMemory().require().describe());
    fine.add(
        "each key's state takes about "
            + MemoryEstimate.size(
                ServingMemory.ofKey(
                    deployment.trainingInput(),
                    deployment.model(),
                    deployment.training().seeds())));
  }

  private void engine() {
    EngineKind chosen =
        EngineChoice.of(deployment.serving(), new ModelAnnouncer(deployment)::announced);
    fine.add("engine " + StepEngines.here(chosen).configName());
    StepEngines.slowness(chosen).ifPresent(notes::add);
  }

  private void topics() {
    TopicSettings names = deployment.topics();
    try (Topics topics = Topics.connect(deployment.kafka())) {
      fine.add("kafka " + deployment.kafka().get(Deployment.BOOTSTRAP));
      topic(topics, "topics.observations", names.observations());
      topic(topics, "topics.predictions", names.predictions());
      topic(topics, "topics.dead-letters", names.deadLetters());
      int before = wrong.size();
      attempt(() -> topics.requireModels("topics.models", names.models()));
      if (wrong.size() == before) {
        fine.add("topic " + names.models() + ", 1 partition");
        attempt(this::models);
      }
    }
  }

  private void topic(Topics topics, String setting, String topic) {
    attempt(
        () -> {
          topics.require(setting, topic);
          int partitions = topics.partitions(topic);
          fine.add(
              "topic "
                  + topic
                  + ", "
                  + partitions
                  + (partitions == 1 ? " partition" : " partitions"));
        });
  }

  private void models() {
    List<ServableModel> announced = ServableModel.of(deployment);
    if (announced.isEmpty()) {
      notes.add("no model is announced yet: `eddy run` needs one (run `eddy train` first)");
    }
    for (ServableModel model : announced) {
      if (model.refusal().isPresent()) {
        wrong.add(model.refusal().get());
      } else {
        fine.add("model " + model.id() + ", its weights and its features");
        model.missing().forEach(file -> notes.add(model.id() + ": " + file + " is missing"));
      }
      // Versions before the newest were made for the deployment as it was then.
      boolean newest = model.equals(announced.get(announced.size() - 1));
      (newest ? wrong : notes).addAll(model.differences());
    }
  }
}
