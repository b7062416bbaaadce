package dev.eddy.pipeline.state;

/**
 * Says where a key's recent inputs go on, which are kept in two halves apart from its state: the
 * older half is dropped when the younger one is full.
 *
 * @param half the younger one, {@link #FIRST} or {@link #SECOND}; 0 where no inputs are kept
 * @param count observations in the younger half
 * @param told future updates in the younger half
 * @param fields which fields the newest of them has, as a hash of their names
 */
public record RecentMark(int half, int count, int told, int fields) {
  /** The half that is filled first. */
  public static final int FIRST = 1;

  /** The other one. */
  public static final int SECOND = 2;

  /** Of a key whose inputs are not kept. */
  public static final RecentMark NONE = new RecentMark(0, 0, 0, 0);

  /** The older half. */
  public int other() {
    return FIRST + SECOND - half;
  }
}
