/**
 * What every engine of the benchmarks does, in terms that say nothing of how. An <i>engine</i> is
 * what is measured: Eddy's own or a peer, found by name with {@link java.util.ServiceLoader}. It
 * makes <i>work</i> of a <i>case</i>: one that steps a micro-batch, or one that trains; and work is
 * run and timed again and again. Cases come from fixed seeds, so that every engine computes with
 * the same numbers.
 *
 * <p>Imports Eddy's {@code spec}, {@code tensor} and {@code kernel}, for weights; no engine's
 * library, because the JVM of every peer links it.
 */
package dev.eddy.benchmarks.work;
