package dev.eddy.pipeline.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.eddy.pipeline.check.Findings;
import dev.eddy.pipeline.check.Questions;
import dev.eddy.pipeline.cli.console.FailureReport;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentDocuments;
import dev.eddy.settings.Require;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
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
  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli requires one of them
  private Subject subject;

  @Option(names = "--files", description = "Looks at settings and replay files; needs no Kafka.")
  private boolean files;

  @Option(
      names = "--topic",
      paramLabel = "N",
      description = {
        "Looks at the N newest records of each partition of the observations topic alone: which"
            + " fields are",
        "never there, which are there and unknown, whether each key is in one partition."
      })
  private @Nullable Integer topic;

  @Option(
      names = "--target",
      paramLabel = "HOST:PORT",
      description = {
        "Looks at the cluster whose REST interface is there, too: a small job asks its task"
            + " managers",
        "whether they reach store, checkpoints and brokers."
      })
  private @Nullable String target;

  @Option(names = "--show", description = "Prints the YAML with every setting filled in instead.")
  private boolean show;

  /** A deployment, or what any of them may hold. */
  private static final class Subject {
    @Option(
        names = "--schema",
        required = true,
        description = "Prints the JSON Schema of a deployment's YAML, for editors.")
    private boolean schema;

    @ArgGroup(exclusive = false)
    private @Nullable DeploymentOption file;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    DeploymentOption option = subject.file;
    if (subject.schema || option == null) {
      console().raw(DeploymentDocuments.schema()); // is JSON itself
      return 0;
    }
    Deployment deployment = option.read(files || show);
    if (show) {
      return show(DeploymentDocuments.show(deployment));
    }
    return check(deployment, option.file());
  }

  private int show(String yaml) throws JsonProcessingException {
    if (wantsJson()) {
      json(new YAMLMapper().readValue(yaml, new TypeReference<Map<String, Object>>() {}));
    } else {
      console().document(yaml.stripTrailing());
    }
    return 0;
  }

  private Findings ask(Deployment deployment, Path file) {
    if (files) {
      return Questions.files(deployment);
    }
    if (topic != null) {
      Require.that(topic > 0, "--topic", topic, "1 or more");
      return Questions.topic(deployment, topic);
    }
    return target == null
        ? Questions.all(deployment, file)
        : Questions.onCluster(deployment, target);
  }

  private int check(Deployment deployment, Path file) {
    Findings check = ask(deployment, file);
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
    result.putAll(check.data());
    json(result);
    return wrong.isEmpty() ? 0 : FailureReport.MENDABLE;
  }
}
