/** libtorch, through the JavaCPP presets. */
package dev.eddy.benchmarks.libtorch;
