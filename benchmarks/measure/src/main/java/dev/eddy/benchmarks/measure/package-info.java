/**
 * Programs that measure the whole of Eddy, each run by hand with {@code measure PROGRAM …}: how
 * well a deployment learns ({@code MeasureTraining}, {@code MeasureFolds}), and what the model
 * costs the streaming job ({@code Throughput}), and a record in each form ({@code RecordCost}).
 *
 * <p>May import all of Eddy but the command line; nothing imports it.
 */
package dev.eddy.benchmarks.measure;
