package dev.eddy.pipeline.cli.command;

import dev.eddy.pipeline.cli.console.FailureReport;
import dev.eddy.pipeline.deployment.Deployment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eddy check}: what is wrong with a deployment, before it runs. */
@Command(
    name = "check",
    description = {
      "Says everything that is wrong with a deployment before it runs.",
      "With --files only what train --files and backtest --files need: no broker."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class CheckCommand extends EddyCommand implements Callable<Integer> {
  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

  @Option(names = "--files", description = "Looks at settings and replay files; needs no Kafka.")
  private boolean files;

  @Override
  public Integer call() {
    Deployment deployment = deploymentFile.read();
    DeploymentCheck check =
        files ? DeploymentCheck.ofFiles(deployment) : DeploymentCheck.of(deployment);
    check.fine().forEach(line -> console().line("ok     " + line));
    check.notes().forEach(line -> console().line("note   " + line));
    check.wrong().forEach(line -> console().line("wrong  " + line));
    List<String> wrong = check.wrong();
    console()
        .line(
            wrong.isEmpty()
                ? deployment.name() + ": nothing is wrong"
                : deployment.name() + ": " + wrong.size() + " to mend");
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("deployment", deployment.name());
    result.put("fine", check.fine());
    result.put("notes", check.notes());
    result.put("wrong", wrong);
    json(result);
    return wrong.isEmpty() ? 0 : FailureReport.MENDABLE;
  }
}
