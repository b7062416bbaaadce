/**
 * Scores in the stream what was answered, when it turns out what happened (prequential evaluation).
 *
 * <ul>
 *   <li><b>answered</b>: what happened to a key, and what each version that was asked said of it
 * </ul>
 *
 * <p>Imports {@code connectors} alone; the operator that predicts, deployments and jobs import it.
 */
package dev.eddy.pipeline.evaluation;
