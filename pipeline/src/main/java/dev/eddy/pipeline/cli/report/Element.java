package dev.eddy.pipeline.cli.report;

/** Something that a report's section shows. */
public interface Element {
  /** Its markup. */
  String html();
}
