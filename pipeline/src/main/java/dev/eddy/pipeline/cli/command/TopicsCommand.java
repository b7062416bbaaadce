package dev.eddy.pipeline.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code eddy topics}: a deployment's Kafka topics. */
@Command(
    name = "topics",
    description = "A deployment's Kafka topics.",
    mixinStandardHelpOptions = true,
    subcommands = TopicsCreateCommand.class)
public final class TopicsCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
