/**
 * JMH benchmarks of the vector kernels, for those who work on them: {@code ./eddy bench kernels}.
 */
package dev.eddy.benchmarks.kernel;
