package dev.eddy.connectors.event;

/** The words that say why a record became a {@link DeadLetter}. */
public final class Reasons {
  /** The value is not one record in the topic's encoding, JSON in UTF-8 or Avro. */
  public static final String MALFORMED = "malformed";

  /** The value names a schema that the registry does not know, or that is none of Avro. */
  public static final String UNKNOWN_SCHEMA = "unknown-schema";

  /** Neither the value's {@code key} field nor the Kafka key names the series. */
  public static final String MISSING_KEY = "missing-key";

  /** The value's {@code key} field and the Kafka key name different series. */
  public static final String KEY_MISMATCH = "key-mismatch";

  /** The series key has control characters: it is a number, or another thing that is no text. */
  public static final String BINARY_KEY = "binary-key";

  /** The record has fields, but none of the deployment's features. */
  public static final String NO_FEATURES = "no-features";

  /** The series key is so long that its predictions might not fit into a record. */
  public static final String KEY_TOO_LONG = "key-too-long";

  /** The prediction might be larger than a record of its topic may be. */
  public static final String PREDICTION_TOO_LARGE = "prediction-too-large";

  /** There is no {@code time} field, or it is null. */
  public static final String MISSING_TIME = "missing-time";

  /** The {@code time} field is no ISO-8601 time, or not within the years 1 to 9999. */
  public static final String INVALID_TIME = "invalid-time";

  /**
   * The time is later than the record's Kafka timestamp by more than the deployment's max-ahead.
   */
  public static final String TOO_FAR_AHEAD = "too-far-ahead";

  /** A field holds another JSON type than its feature's. */
  public static final String WRONG_TYPE = "wrong-type";

  /** A number is NaN, infinite or beyond ±3.4e38. */
  public static final String NOT_FINITE = "not-finite";

  /**
   * An entry of {@code future} names no feature that has a future, or says wrongly when it is for.
   */
  public static final String INVALID_FUTURE = "invalid-future";

  /** Future values without an observation, of a key that has none to go on from. */
  public static final String NO_OBSERVATION = "no-observation";

  /** It waited in state from before the deployment's features were others, which it has not. */
  public static final String CHANGED_FEATURES = "changed-features";

  /** The observation is older than the last one of its key. */
  public static final String OUT_OF_ORDER = "out-of-order";

  private Reasons() {}
}
