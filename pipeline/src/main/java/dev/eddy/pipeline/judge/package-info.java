/**
 * Judging: whether a new version, the <i>challenger</i>, is worth the place of the <i>champion</i>,
 * the newest version that is announced and can be read.
 *
 * <p>A {@code Contest} lets both answer every observation of a history through {@code backtest},
 * the way they serve, and scores what both have said on what is <i>unseen</i>: what neither has
 * learned from. A {@code Verdict} says by how much the challenger is better than the champion and
 * the best naive forecaster, and how sure that is; a {@code Promotion} says what follows.
 *
 * <p>May import {@code backtest} and what is below it.
 */
package dev.eddy.pipeline.judge;
