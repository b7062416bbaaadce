package dev.eddy.model.training;

/**
 * One key's place in the file of encoded rows, and which of its rows' labels train and validate:
 * those of column h train in rows [0, trainingEnd[h]) and validate in [trainingEnd[h],
 * validationEnd[h]).
 *
 * @param firstRow of the file
 * @param length rows
 * @param trainingEnd [columns]
 * @param validationEnd [columns]
 */
@SuppressWarnings("ArrayRecordComponent") // an index entry, compared with nothing
record EncodedSeries(long firstRow, int length, int[] trainingEnd, int[] validationEnd) {

  /** Rows that have some label for this use: [0, end). */
  int end(Use use) {
    int end = 0;
    for (int column = 0; column < trainingEnd.length; column++) {
      end = Math.max(end, end(use, column));
    }
    return end;
  }

  /** Where the first label for this use can be; the length where there is none. */
  int begin(Use use) {
    int begin = length;
    for (int column = 0; column < trainingEnd.length; column++) {
      if (begin(use, column) < end(use, column)) {
        begin = Math.min(begin, begin(use, column));
      }
    }
    return begin;
  }

  boolean has(Use use, int row, int column) {
    return row >= begin(use, column) && row < end(use, column);
  }

  private int begin(Use use, int column) {
    return use == Use.VALIDATE ? trainingEnd[column] : 0;
  }

  private int end(Use use, int column) {
    return use == Use.TRAIN ? trainingEnd[column] : validationEnd[column];
  }

  /** What rows are read for. */
  enum Use {
    TRAIN,
    VALIDATE,
    /** Training plus validation. */
    REFIT
  }
}
