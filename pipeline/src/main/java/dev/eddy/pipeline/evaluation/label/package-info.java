/**
 * Brings predictions of classes together with labels that come later, on a topic of their own.
 *
 * <ul>
 *   <li><b>early</b>: of a label that comes before its observation
 * </ul>
 *
 * <p>Imports {@code evaluation} and {@code connectors}.
 */
package dev.eddy.pipeline.evaluation.label;
