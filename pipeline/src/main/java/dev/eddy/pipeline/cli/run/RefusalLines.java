package dev.eddy.pipeline.cli.run;

import dev.eddy.model.spec.ModelId;
import dev.eddy.pipeline.cli.console.Console;
import dev.eddy.pipeline.version.Refusals;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says on the console which versions will not serve: those that are known when a run begins, and
 * those that its job refuses later. Safe for many threads.
 */
public final class RefusalLines implements Refusals.Listener {
  private final Console console;
  private final Set<String> atStart = ConcurrentHashMap.newKeySet(); // ids the job refuses, too
  private final Set<String> lines = ConcurrentHashMap.newKeySet();

  public RefusalLines(Console console) {
    this.console = console;
  }

  /** A version is refused before the job begins. */
  public void tell(String model, String why) {
    atStart.add(model);
    line(why);
  }

  @Override
  public void refused(ModelId model, String why) {
    if (!atStart.remove(model.toString())) {
      line(why.startsWith("model ") ? why : "model " + model + ": " + why);
    }
  }

  /** A job that is started again refuses the same again. */
  private void line(String why) {
    if (lines.add(why)) {
      console.line("will not serve: " + why);
    }
  }
}
