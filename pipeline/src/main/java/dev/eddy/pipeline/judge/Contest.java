package dev.eddy.pipeline.judge;

import dev.eddy.model.history.History;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Parts;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.deployment.Deployment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private record Judged(Unseen unseen, List<String> keys, long from, long to) {}

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
    ModelStore store = ModelStore.at(folder);
    ModelSpec spec = store.describe(challenger.id()).spec();
    Optional<String> obstacle = champion.flatMap(each -> each.obstacle(spec));
    Optional<Champion> opponent = champion.filter(each -> obstacle.isEmpty());
    Judged judged = judged(opponent);
    Scores scores = scores(spec, opponent.map(each -> each.model().spec()).orElse(spec), judged);
    try (Contestant own = contestant(challenger, folder)) {
      if (opponent.isPresent()) {
        try (Contestant other =
            new Contestant(deployment, history, opponent.get().timeline())) {
          run(own, Optional.of(other), judged, scores, done);
        }
      } else {
        run(own, Optional.empty(), judged, scores, done);
      }
    }
    return Verdict.of(scores, champion, obstacle, deployment.training().seed());
  }

  private Contestant contestant(PublishedModel challenger, Path folder)
      throws IOException, InterruptedException {
    return new Contestant(
        deployment,
        history,
        Champion.timeline(challenger.id(), challenger.digest(), folder.toString()));
  }

  private void run(
      Contestant own,
      Optional<Contestant> other,
      Judged judged,
      Scores scores,
      IntConsumer done)
      throws Exception {
    int keys = 0;
    for (String key : judged.keys()) {
      List<Contestant.Answer> answers = own.answers(key);
      List<Contestant.Answer> others = other.isPresent() ? other.get().answers(key) : answers;
      for (int row = 0; row < answers.size(); row++) {
        Contestant.Answer answer = answers.get(row);
        boolean scored = judged.unseen().holds(key, answer.observation().time());
        scores.add(answer, others.get(row), scored);
      }
      scores.end(key);
      done.accept(++keys);
    }
  }

  private Judged judged(Optional<Champion> champion) throws IOException {
    TrainingSettings training = deployment.training();
    Parts parts = Parts.of(training.split(), history, training.seed());
    Unseen ofChampion =
        champion
            .map(each -> Unseen.of(each.store(), each.file()))
            .orElse((key, time) -> true);
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
      }
    }
    return new Judged(unseen, keys, from, to);
  }

  private Scores scores(ModelSpec spec, ModelSpec other, Judged judged) throws IOException {
    long span = judged.keys().isEmpty() ? 0 : judged.to() - judged.from();
    return spec.head() instanceof Head.Classes classes
        ? new ClassScores(
            classes,
            (Head.Classes) other.head(),
            Frequencies.of(history, judged.unseen()),
            spec,
            span)
        : new ForecastScores(
            spec, deployment.training().naiveSeason(), deployment.input().features(), span);
  }
}
