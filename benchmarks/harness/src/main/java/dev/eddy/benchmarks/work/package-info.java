/** What every engine of the benchmarks does, in terms that say nothing of how. */
package dev.eddy.benchmarks.work;
