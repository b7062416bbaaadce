package dev.eddy.pipeline.operator;

import java.util.Locale;

/** Reasons to step a micro-batch. */
enum FlushReason {
  /** It was full. */
  MAX_BATCH,
  /** Its first observation had waited long enough. */
  LINGER,
  /** A watermark must not overtake observations. */
  WATERMARK,
  /** Neither must the news that the input is idle. */
  IDLE,
  /** A checkpoint barrier must find the buffer empty. */
  CHECKPOINT,
  /** The input ended. */
  END;

  /** The name as it appears in metrics. */
  String metricName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
