package dev.eddy.connectors.kafka.start;

/** Names the transactional ids of a deployment, which its rights and its starts go by. */
public final class TransactionalIds {
  private TransactionalIds() {}

  /**
   * What all begin with. Slashes, which names cannot hold, keep one deployment's prefix from
   * beginning another's.
   */
  public static String prefix(String deployment) {
    return "eddy/" + deployment + "/";
  }

  /** What those of its sink of predictions begin with. */
  public static String predictions(String deployment) {
    return prefix(deployment) + "predictions";
  }

  /** What those of its sink of dead letters begin with. */
  public static String deadLetters(String deployment) {
    return prefix(deployment) + "dead-letters";
  }

  /** What those of its sink of evaluations begin with. */
  public static String evaluations(String deployment) {
    return prefix(deployment) + "evaluations";
  }
}
