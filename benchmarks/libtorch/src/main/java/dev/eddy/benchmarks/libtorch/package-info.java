/**
 * The adapter of libtorch, through the JavaCPP presets. A <i>recurrence</i> is one way to step a
 * layer: a fused operator over a sequence of one step, an operator of the cell, or, for SRU, which
 * libtorch lacks, a few pointwise ones; the fastest is measured. <i>Cell weights</i> are a case's
 * weights in libtorch's order of gates.
 *
 * <p>Imports {@code work} and libtorch, in a JVM without ND4J, whose JavaCPP is another.
 */
package dev.eddy.benchmarks.libtorch;
