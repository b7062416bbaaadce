/** Deeplearning4j as it comes. */
package dev.eddy.benchmarks.dl4j;
