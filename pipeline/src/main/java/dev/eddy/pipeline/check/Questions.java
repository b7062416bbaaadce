package dev.eddy.pipeline.check;

import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.pipeline.check.KafkaQuestion.Use;
import dev.eddy.pipeline.check.shared.SharedSample;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.flink.ClusterSettings;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.flink.FlinkSettings;
import dev.eddy.pipeline.flink.JobTarget;
import dev.eddy.pipeline.flink.SettingsPrecedence;
import java.nio.file.Path;
import java.util.Optional;
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
   * Everything that concerns a run in this process.
   *
   * @param file the deployment's
   */
  public static Findings all(Deployment deployment, Path file) {
    Questions ask = new Questions(deployment);
    Optional<Configuration> flink = ask.here(file);
    ask.put(new MemoryQuestion(deployment, true, Long.MAX_VALUE));
    if (ask.everywhere()) {
      flink.ifPresent(settings -> ask.put(new JobQuestion(deployment, settings)));
    }
    return ask.findings;
  }

  /**
   * Everything that concerns a run on a cluster.
   *
   * @param target the address of its REST interface
   */
  public static Findings onCluster(Deployment deployment, String target) {
    Questions ask = new Questions(deployment);
    boolean readable = ask.put(new SettingsQuestion(deployment));
    if (ask.everywhere() && readable) {
      ask.put(cluster(deployment, target, ofCluster(deployment, target)));
    }
    return ask.findings;
  }

  private static Configuration ofCluster(Deployment deployment, String target) {
    Configuration ofCluster = ClusterSettings.of(target);
    Configuration settings =
        SettingsPrecedence.leftOpen(ofCluster, FlinkSettings.of(deployment.flink()));
    settings.addAll(ofCluster);
    return settings;
  }

  private static Question cluster(Deployment deployment, String target, Configuration settings) {
    return new ClusterQuestion(
        deployment, target, settings, given -> JobTarget.cluster(target, given));
  }

  /**
   * What records must be like.
   *
   * @param ofEachPartition how many of the newest are looked at
   */
  public static Findings topic(Deployment deployment, int ofEachPartition) {
    Questions ask = new Questions(deployment);
    if (!ask.put(new RegistryQuestion(deployment))) {
      return ask.findings;
    }
    ask.put(
        findings -> {
          try (Topics topics = Topics.connect(deployment.kafka())) {
            topics.require("topics.observations", deployment.topics().observations());
          }
          findings.ask(new SampleQuestion(deployment, ofEachPartition));
          findings.ask(found -> ask.shared(ofEachPartition, found));
        });
    return ask.findings;
  }

  /** What learning from files needs. */
  public static Findings files(Deployment deployment) {
    Questions ask = new Questions(deployment);
    ask.put(new SettingsQuestion(deployment));
    ask.store();
    deployment
        .replay()
        .ifPresentOrElse(
            replay -> {
              ask.put(new FilesQuestion(deployment, replay, true));
              ask.put(ask::sharedFiles);
            },
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
    Optional<Configuration> flink = ask.here(file);
    ask.put(new RegistryQuestion(deployment));
    ask.put(findings -> findings.fine(deployment.servingMemory().require().describe()));
    if (ask.put(new KafkaQuestion(deployment, Use.SERVE))) {
      flink.ifPresent(settings -> ask.put(new JobQuestion(deployment, settings)));
    }
    return ask.findings;
  }

  /** What {@code run} needs where a cluster runs the job. */
  public static Findings submitting(Deployment deployment) {
    Questions ask = new Questions(deployment);
    ask.put(new SettingsQuestion(deployment));
    ask.put(new RegistryQuestion(deployment));
    ask.put(new KafkaQuestion(deployment, Use.SERVE));
    return ask.findings;
  }

  /**
   * What the cluster's own processes must reach, which nobody sees from here.
   *
   * @param target the address of its REST interface
   * @param settings Flink's, which hold for the job
   */
  public static Findings ofTaskManagers(
      Deployment deployment, String target, Configuration settings) {
    Questions ask = new Questions(deployment);
    ask.put(cluster(deployment, target, settings));
    return ask.findings;
  }

  /** What {@code train} needs that reads Kafka. */
  public static Findings training(Deployment deployment) {
    Questions ask = new Questions(deployment);
    ask.put(new SettingsQuestion(deployment));
    ask.put(new EmbeddedQuestion(FlinkSettings.of(deployment.flink())));
    ask.store();
    ask.put(new RegistryQuestion(deployment));
    ask.put(new KafkaQuestion(deployment, Use.TRAIN));
    return ask.findings;
  }

  /** What {@code train} needs that reads files. */
  public static Findings trainingOnFiles(Deployment deployment) {
    Questions ask = new Questions(deployment);
    ask.store();
    return ask.findings;
  }

  private void shared(int ofEachPartition, Findings told) {
    deployment
        .sharedFeatures()
        .ifPresent(from -> tell(SharedSample.ofTopic(deployment, from, ofEachPartition), told));
  }

  private void sharedFiles(Findings told) {
    deployment
        .sharedFeatures()
        .ifPresent(from -> tell(SharedSample.ofFiles(deployment, from), told));
  }

  private static void tell(SharedSample sample, Findings told) {
    sample.fine().forEach(told::fine);
    sample.notes().forEach(told::note);
    sample.wrong().forEach(told::wrong);
  }

  /** Whether brokers and topics are such that a job could use them. */
  private boolean everywhere() {
    store();
    deployment
        .replay()
        .ifPresent(
            replay -> {
              put(new FilesQuestion(deployment, replay, false));
              put(this::sharedFiles);
            });
    put(new EngineQuestion(deployment));
    if (!put(new KafkaQuestion(deployment, Use.ALL))) {
      return false;
    }
    put(new ModelsQuestion(deployment));
    if (put(new RegistryQuestion(deployment))) {
      put(new SampleQuestion(deployment));
    }
    put(findings -> shared(SharedSample.USUAL, findings));
    put(new RetentionQuestion(deployment));
    return true;
  }

  /** Flink's settings in this process; empty if they cannot be read. */
  private Optional<Configuration> here(Path file) {
    if (!put(new SettingsQuestion(deployment))) {
      return Optional.empty();
    }
    Configuration flink = FlinkSettings.of(deployment.flink());
    EmbeddedFlink.complete(flink, file, deployment.name());
    put(new EmbeddedQuestion(flink));
    put(
        new FolderQuestion(
            "checkpoints",
            "flink." + CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(),
            flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)));
    return Optional.of(flink);
  }

  private void store() {
    put(new FolderQuestion("store", "store", deployment.store()));
  }

  private boolean put(Question question) {
    return findings.ask(question);
  }
}
