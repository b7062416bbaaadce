/** The inside of an engine's JVM. */
package dev.eddy.benchmarks.worker;
