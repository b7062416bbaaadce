package dev.eddy.pipeline.judge;

import dev.eddy.connectors.event.Observation;
import dev.eddy.model.history.History;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Parts;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.version.NoVersionServes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Holds a new version against the champion and the naive forecasters, on what neither of the two
 * has learned from: both answer every observation of a history the way they serve, and what both
 * have said is scored.
 *
 * @param deployment whose input and serving both use
 * @param history key after key; not closed
 */
public record Contest(Deployment deployment, History history) {

  /** Where the judged part lies. */
  private record Judged(Unseen unseen, List<String> keys, long from, long to, double[] changes) {}

  /**
   * Judges.
   *
   * @param challenger in {@code folder}, a store
   * @param champion empty where nothing is announced that can be read
   * @param done hears how many keys are judged
   */
  public Verdict judge(
      PublishedModel challenger, Path folder, Optional<Champion> champion, IntConsumer done)
      throws Exception {
    ModelSpec spec = ModelStore.at(folder).describe(challenger.id()).spec();
    Optional<String> obstacle = champion.flatMap(each -> each.obstacle(spec));
    if (champion.isEmpty() || obstacle.isPresent()) {
      return judge(challenger, folder, new Opposed(champion, obstacle, Optional.empty()), done);
    }
    Contestant other;
    try {
      other = new Contestant(deployment, history, champion.get().timeline());
    } catch (NoVersionServes e) { // what it reads is configured no longer
      Opposed alone =
          new Opposed(champion, Optional.of(String.valueOf(e.getMessage())), Optional.empty());
      return judge(challenger, folder, alone, done);
    }
    try (other) {
      Opposed both = new Opposed(champion, Optional.empty(), Optional.of(other));
      return judge(challenger, folder, both, done);
    }
  }

  /** The champion, why it is not compared, and its answers where it is. */
  private record Opposed(
      Optional<Champion> champion, Optional<String> obstacle, Optional<Contestant> answers) {
    Optional<Champion> compared() {
      return answers.flatMap(each -> champion);
    }
  }

  private Verdict judge(PublishedModel challenger, Path folder, Opposed opposed, IntConsumer done)
      throws Exception {
    try (Contestant own = contestant(challenger, folder)) {
      Judged judged = judged(opposed.compared(), own.spec());
      ModelSpec other = opposed.answers().map(Contestant::spec).orElse(own.spec());
      Scores scores = scores(own, other, judged);
      run(own, opposed.answers(), judged, scores, done);
      return Verdict.of(
          scores, opposed.champion(), opposed.obstacle(), deployment.training().seed());
    }
  }

  private Contestant contestant(PublishedModel challenger, Path folder)
      throws IOException, InterruptedException {
    return new Contestant(
        deployment,
        history,
        Champion.timeline(challenger.id(), challenger.digest(), folder.toString()));
  }

  private void run(
      Contestant own, Optional<Contestant> other, Judged judged, Scores scores, IntConsumer done)
      throws Exception {
    int keys = 0;
    for (String key : judged.keys()) {
      if (other.isPresent()) {
        Deque<Contestant.Answer> answers = new ArrayDeque<>(); // of one version alone in memory
        own.answer(key, answers::add);
        other.get().answer(key, answer -> score(answers.remove(), answer, judged, scores));
      } else {
        own.answer(key, answer -> score(answer, answer, judged, scores));
      }
      scores.end(key);
      done.accept(++keys);
    }
  }

  private static void score(
      Contestant.Answer own, Contestant.Answer other, Judged judged, Scores scores) {
    Observation observation = own.observation();
    scores.add(own, other, judged.unseen().holds(observation.key(), observation.time()));
  }

  private Judged judged(Optional<Champion> champion, ModelSpec spec) throws IOException {
    TypicalChanges changes =
        new TypicalChanges(ForecastScores.targets(spec, deployment.input().features()));
    TrainingSettings training = deployment.training();
    Parts parts = Parts.of(training.split(), history, training.seed());
    Unseen ofChampion =
        champion.map(each -> Unseen.of(each.store(), each.file())).orElse((key, time) -> true);
    Unseen unseen = (key, time) -> parts.isTest(key, time) && ofChampion.holds(key, time);
    List<String> keys = new ArrayList<>();
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (String key : history.keys().stream().filter(parts::mayTest).toList()) {
      KeyHistory of = history.read(key);
      boolean any = false;
      for (int row = 0; row < of.length(); row++) {
        if (unseen.holds(key, of.time(row))) {
          any = true;
          from = Math.min(from, of.time(row));
          to = Math.max(to, of.time(row));
        }
      }
      if (any) {
        keys.add(key);
        changes.add(of);
      }
    }
    return new Judged(unseen, keys, from, to, changes.medians());
  }

  private Scores scores(Contestant own, ModelSpec other, Judged judged) throws IOException {
    ModelSpec spec = own.spec();
    long span = judged.keys().isEmpty() ? 0 : judged.to() - judged.from();
    return spec.head() instanceof Head.Classes classes
        ? new ClassScores(
            classes,
            (Head.Classes) other.head(),
            Frequencies.of(history, judged.unseen()),
            spec,
            span)
        : new ForecastScores(
            spec,
            deployment.training().naiveSeason(),
            own.seasons(),
            deployment.input().features(),
            judged.changes(),
            span);
  }
}
