package dev.eddy.model.spec;

import java.util.List;

/**
 * The raw fields of an observation that a model reads, in the order of {@code RawInput}'s arrays.
 *
 * @param numeric names of the numeric features; a forecast's targets are among them
 * @param categorical names of the categorical features
 */
public record FeatureSchema(List<String> numeric, List<String> categorical) {
  public FeatureSchema {
    numeric = List.copyOf(numeric);
    categorical = List.copyOf(categorical);
    SpecCheck.distinct("numeric feature", numeric);
    SpecCheck.distinct("categorical feature", categorical);
  }
}
