package dev.eddy.pipeline.cli.command;

import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentTopics;
import dev.eddy.pipeline.deployment.TopicSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code eddy topics create}: all topics of a deployment, such as they must be. */
@Command(
    name = "create",
    description = {
      "Creates the deployment's topics that do not exist.",
      "They keep their records, nothing is compacted, the models topic has one partition, and the",
      "largest prediction fits."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TopicsCreateCommand extends EddyCommand implements Callable<Integer> {
  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

  @Override
  public Integer call() {
    Deployment deployment = deploymentFile.read();
    TopicSettings names = deployment.topics();
    List<String> created = DeploymentTopics.create(deployment);
    List<String> there = names.all().stream().filter(name -> !created.contains(name)).toList();
    created.forEach(name -> console().line("created topic " + name));
    there.forEach(name -> console().line("topic " + name + " is there already, left as it is"));
    if (!there.isEmpty()) {
      console().line("whether those are such as they must be: eddy check");
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("created", created);
    result.put("there", there);
    json(result);
    return 0;
  }
}
