package dev.eddy.benchmarks.run;

import dev.eddy.model.spec.CellType;
import java.util.List;

/**
 * What {@code eddy bench train} measures.
 *
 * @param rounds times that each is measured at each size, in turns
 * @param milliseconds of each of these
 */
public record TrainSettings(
    List<CellType> cells,
    List<Integer> hidden,
    List<Contender> engines,
    int rounds,
    int milliseconds) {}
