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
 * step HANDLE CELL HIDDEN KEYS WAVES TOGETHER     ok VALUES, after three runs; see {@link Values}
 * train HANDLE CELL HIDDEN                        ok LOSS, before the third update
 * product HANDLE SIZE                             ok
 * warm HANDLE MILLISECONDS                        ok NANOSECONDS of a run
 * time HANDLE MILLISECONDS                        ok NANOSECONDS of a run
 * free HANDLE                                     ok
 * </pre>
 *
 * <p>A handle is the number, from 0, under which a worker keeps a piece of work.
 */
public final class Worker {
  private static final int HANDLES = 4;
  private static final Set<String> MAKING = Set.of("step", "train", "product");

  private final Engine engine;
  private final Work[] works = new Work[HANDLES];

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
    int handle = Integer.parseInt(words[1]);
    if (MAKING.contains(words[0])) {
      OneThread.call(() -> free(handle));
    }
    return switch (words[0]) {
      case "step" -> OneThread.call(() -> step(handle, words));
      case "train" -> OneThread.call(() -> train(handle, words));
      case "product" -> OneThread.call(() -> product(handle, words));
      case "warm" -> Double.toString(Timing.warm(works[handle], Integer.parseInt(words[2])));
      case "time" -> Double.toString(Timing.nanoseconds(works[handle], Integer.parseInt(words[2])));
      case "free" -> OneThread.call(() -> free(handle));
      default -> throw new IllegalArgumentException("request: " + words[0] + " (unknown)");
    };
  }

  private String step(int handle, String[] words) {
    StepCase step =
        new StepCase(
            CellType.of(words[2]),
            Integer.parseInt(words[3]),
            Integer.parseInt(words[4]),
            Integer.parseInt(words[5]),
            Boolean.parseBoolean(words[6]));
    var work = engine.step(step);
    works[handle] = work;
    for (int run = 0; run < 3; run++) {
      work.run();
    }
    return Values.encode(Values.of(step, work));
  }

  private String train(int handle, String[] words) {
    TrainWork work = engine.train(new TrainCase(CellType.of(words[2]), Integer.parseInt(words[3])));
    works[handle] = work;
    for (int run = 0; run < 3; run++) {
      work.run();
    }
    return Double.toString(work.loss());
  }

  private String product(int handle, String[] words) {
    Work work = engine.product(Integer.parseInt(words[2]));
    works[handle] = work;
    work.run();
    return "";
  }

  private String free(int handle) {
    Work work = works[handle];
    if (work != null) {
      work.close();
      works[handle] = null;
    }
    return "";
  }
}
