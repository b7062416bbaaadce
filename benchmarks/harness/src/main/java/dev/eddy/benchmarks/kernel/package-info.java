/**
 * JMH benchmarks of the vector kernels, for those who work on them: {@code ./eddy bench kernels}.
 * The product's tiles, tanh, and a whole step, each in JMH's own forks.
 *
 * <p>Imports {@code work}, {@code eddy} and the kernels themselves.
 */
package dev.eddy.benchmarks.kernel;
