package dev.eddy.pipeline.check;

/** Looks at one subject before anything runs. */
interface Question {
  /**
   * Looks.
   *
   * @param findings told what was seen
   * @throws dev.eddy.settings.UserMistake as another way to say what is wrong
   */
  void ask(Findings findings);
}
