package dev.eddy.pipeline.cli.report;

/**
 * An element that a reader unfolds.
 *
 * @param summary what is seen of it before
 * @param content the element
 */
public record Folded(String summary, Element content) implements Element {
  @Override
  public String html() {
    return "<details><summary>"
        + Markup.escape(summary)
        + "</summary>\n"
        + content.html()
        + "</details>\n";
  }
}
