package dev.eddy.model.spec.layer;

/**
 * What a layer hands from one step of a key to its next.
 *
 * @param name as in the cell's equations: {@code h}, {@code c}
 * @param size how many numbers
 */
public record Carried(String name, int size) {}
