/** The outside of the engines' JVMs: who runs when. */
package dev.eddy.benchmarks.run;
