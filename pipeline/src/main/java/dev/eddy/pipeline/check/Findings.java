package dev.eddy.pipeline.check;

import dev.eddy.pipeline.cli.console.Mistakes;
import dev.eddy.settings.UserMistake;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was seen of a deployment, in lines. */
public final class Findings {
  private final List<String> fine = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> wrong = new LinkedHashSet<>();

  private final Map<String, Object> data = new LinkedHashMap<>();

  Findings() {}

  /** Adds what was seen as data, for other programs. */
  void tell(String name, Object value) {
    data.put(name, value);
  }

  /** Adds what is as it must be. */
  void fine(String line) {
    fine.add(line);
  }

  /** Adds what is worth knowing and stops nothing. */
  void note(String line) {
    notes.add(line);
  }

  /** Adds what must be mended. */
  void wrong(String line) {
    wrong.add(line);
  }

  /** Adds what others found; what was wrong is only noted where it stops nothing here. */
  void add(Findings others, boolean stops) {
    fine.addAll(others.fine);
    notes.addAll(others.notes);
    (stops ? wrong : notes).addAll(others.wrong);
  }

  /**
   * Asks; a mistake that is thrown is what is wrong.
   *
   * @return whether nothing was
   */
  boolean ask(Question question) {
    int before = wrong.size();
    try {
      question.ask(this);
    } catch (RuntimeException e) {
      wrong.addAll(Mistakes.in(e).orElseThrow(() -> e).lines());
    }
    return wrong.size() == before;
  }

  /** What was seen, as data by name. */
  public Map<String, Object> data() {
    return Collections.unmodifiableMap(data);
  }

  /** What is as it must be. */
  public List<String> fine() {
    return List.copyOf(fine);
  }

  /** What is worth knowing and stops nothing. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** What must be mended. */
  public List<String> wrong() {
    return List.copyOf(wrong);
  }

  /**
   * Lets a command go on only where nothing is wrong.
   *
   * @throws UserMistake with a line for each thing that is
   */
  public void require() {
    if (!wrong.isEmpty()) {
      throw new UserMistake(wrong());
    }
  }
}
