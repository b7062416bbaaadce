package dev.eddy.pipeline.check;

import dev.eddy.pipeline.check.KafkaQuestion.Use;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.flink.FlinkSettings;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;

/** Which questions a command asks before it begins. */
public final class Questions {
  private final Deployment deployment;
  private final Findings findings = new Findings();

  private Questions(Deployment deployment) {
    this.deployment = deployment;
  }

  /**
   * Everything.
   *
   * @param file the deployment's
   */
  public static Findings all(Deployment deployment, Path file) {
    Questions ask = new Questions(deployment);
    ask.here(file);
    ask.put(new MemoryQuestion(deployment, true));
    ask.store();
    deployment.replay().ifPresent(replay -> ask.put(new FilesQuestion(deployment, replay)));
    ask.put(new EngineQuestion(deployment));
    if (ask.put(new KafkaQuestion(deployment, Use.ALL))) {
      ask.put(new ModelsQuestion(deployment));
      ask.put(new SampleQuestion(deployment));
    }
    return ask.findings;
  }

  /** What learning from files needs. */
  public static Findings files(Deployment deployment) {
    Questions ask = new Questions(deployment);
    ask.put(new SettingsQuestion(deployment));
    ask.put(new MemoryQuestion(deployment, false));
    ask.store();
    deployment
        .replay()
        .ifPresentOrElse(
            replay -> ask.put(new FilesQuestion(deployment, replay)),
            () -> ask.findings.wrong("replay: missing (must say which files to learn from)"));
    return ask.findings;
  }

  /**
   * What {@code run} needs in this process.
   *
   * @param file the deployment's
   */
  public static Findings running(Deployment deployment, Path file) {
    Questions ask = new Questions(deployment);
    ask.here(file);
    ask.put(new KafkaQuestion(deployment, Use.SERVE));
    return ask.findings;
  }

  /** What {@code run} needs where a cluster runs the job. */
  public static Findings submitting(Deployment deployment) {
    Questions ask = new Questions(deployment);
    ask.put(new SettingsQuestion(deployment));
    ask.put(new KafkaQuestion(deployment, Use.SERVE));
    return ask.findings;
  }

  /** What {@code train} needs that reads Kafka. */
  public static Findings training(Deployment deployment) {
    Questions ask = new Questions(deployment);
    ask.put(new SettingsQuestion(deployment));
    ask.put(new EmbeddedQuestion(FlinkSettings.of(deployment.flink())));
    ask.store();
    ask.put(new KafkaQuestion(deployment, Use.TRAIN));
    return ask.findings;
  }

  /** What {@code train} needs that reads files. */
  public static Findings trainingOnFiles(Deployment deployment) {
    Questions ask = new Questions(deployment);
    ask.store();
    return ask.findings;
  }

  private void here(Path file) {
    if (put(new SettingsQuestion(deployment))) {
      Configuration flink = FlinkSettings.of(deployment.flink());
      EmbeddedFlink.complete(flink, file, deployment.name());
      put(new EmbeddedQuestion(flink));
      put(
          new FolderQuestion(
              "checkpoints",
              "flink." + CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(),
              flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)));
    }
  }

  private void store() {
    put(new FolderQuestion("store", "store", deployment.store()));
  }

  private boolean put(Question question) {
    return findings.ask(question);
  }
}
