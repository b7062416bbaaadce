/** Eddy's engines and layers. */
package dev.eddy.benchmarks.eddy;
