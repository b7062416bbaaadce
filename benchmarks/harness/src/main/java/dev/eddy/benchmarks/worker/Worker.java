package dev.eddy.benchmarks.worker;

import dev.eddy.benchmarks.work.Engine;
import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.benchmarks.work.TrainCase;
import dev.eddy.benchmarks.work.TrainWork;
import dev.eddy.benchmarks.work.Work;
import dev.eddy.model.spec.CellType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * The JVM of one engine. Reads a request a line and answers each with one line: {@code ok}, {@code
 * unsupported} or {@code failed}, and what belongs to it.
 *
 * <pre>
 * describe                                        ok VERSION AND SETTINGS
 * step SLOT CELL HIDDEN KEYS WAVES TOGETHER       ok VALUES, after three runs; see {@link Values}
 * train SLOT CELL HIDDEN                          ok LOSS, before the third update
 * product SLOT SIZE                               ok
 * warm SLOT MILLISECONDS                          ok NANOSECONDS of a run
 * time SLOT MILLISECONDS                          ok NANOSECONDS of a run
 * free SLOT                                       ok
 * </pre>
 */
public final class Worker {
  private static final int SLOTS = 4;
  private static final Set<String> MAKING = Set.of("step", "train", "product");

  private final Engine engine;
  private final Work[] slots = new Work[SLOTS];

  private Worker(Engine engine) {
    this.engine = engine;
  }

  /** Serves standard input with the engine of that name, until its end. */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err); // libraries may print
    Timing.useOneThread();
    Worker worker = new Worker(find(arguments[0]));
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      answers.println(worker.answer(line));
      answers.flush();
    }
    Runtime.getRuntime().halt(0); // native libraries may keep threads, or fall over at exit
  }

  private static Engine find(String name) {
    for (Engine engine : ServiceLoader.load(Engine.class)) {
      if (engine.name().equals(name)) {
        return engine;
      }
    }
    throw new IllegalArgumentException("engine: " + name + " (not on the class path)");
  }

  @SuppressWarnings("CatchAndPrintStackTrace") // standard error is the worker's log
  private String answer(String line) {
    try {
      return ("ok " + serve(line.split(" "))).strip();
    } catch (UnsupportedOperationException e) {
      return "unsupported " + oneLine(e);
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      return "failed " + oneLine(e);
    }
  }

  private static String oneLine(Throwable failure) {
    return (failure.getClass().getSimpleName() + ": " + failure.getMessage())
        .lines()
        .findFirst()
        .orElse("");
  }

  private String serve(String[] words) throws Exception {
    if (words[0].equals("describe")) {
      return OneThread.call(engine::describe);
    }
    int slot = Integer.parseInt(words[1]);
    if (MAKING.contains(words[0])) {
      OneThread.call(() -> free(slot));
    }
    return switch (words[0]) {
      case "step" -> OneThread.call(() -> step(slot, words));
      case "train" -> OneThread.call(() -> train(slot, words));
      case "product" -> OneThread.call(() -> product(slot, words));
      case "warm" -> Double.toString(Timing.warm(slots[slot], Integer.parseInt(words[2])));
      case "time" -> Double.toString(Timing.nanoseconds(slots[slot], Integer.parseInt(words[2])));
      case "free" -> OneThread.call(() -> free(slot));
      default -> throw new IllegalArgumentException("request: " + words[0] + " (unknown)");
    };
  }

  private String step(int slot, String[] words) {
    StepCase step =
        new StepCase(
            CellType.of(words[2]),
            Integer.parseInt(words[3]),
            Integer.parseInt(words[4]),
            Integer.parseInt(words[5]),
            Boolean.parseBoolean(words[6]));
    var work = engine.step(step);
    slots[slot] = work;
    for (int run = 0; run < 3; run++) {
      work.run();
    }
    return Values.encode(Values.of(step, work));
  }

  private String train(int slot, String[] words) {
    TrainWork work = engine.train(new TrainCase(CellType.of(words[2]), Integer.parseInt(words[3])));
    slots[slot] = work;
    for (int run = 0; run < 3; run++) {
      work.run();
    }
    return Double.toString(work.loss());
  }

  private String product(int slot, String[] words) {
    Work work = engine.product(Integer.parseInt(words[2]));
    slots[slot] = work;
    work.run();
    return "";
  }

  private String free(int slot) {
    Work work = slots[slot];
    if (work != null) {
      work.close();
      slots[slot] = null;
    }
    return "";
  }
}
