package dev.eddy.benchmarks.run;

import dev.eddy.model.spec.CellType;
import java.util.List;

/**
 * What {@code eddy bench step} measures.
 *
 * @param engines in the order of the table
 * @param rounds times that each engine is measured at each point, in turns
 * @param milliseconds of each of these
 */
public record StepSettings(
    List<CellType> cells,
    List<Integer> hidden,
    List<Integer> batches,
    List<Contender> engines,
    int rounds,
    int milliseconds) {}
