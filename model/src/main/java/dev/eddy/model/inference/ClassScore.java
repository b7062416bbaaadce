package dev.eddy.model.inference;

import java.util.Map;

/**
 * How good the classifications of a key were, beside what anyone could say without a model.
 *
 * @param key the series key; {@link ForecastScore#ALL} for all keys together
 * @param count scored frames
 * @param accuracy share of frames whose most probable label was right
 * @param macroF1 mean of {@code f1}
 * @param f1 F1 of each label that occurred or was predicted
 * @param majorityAccuracy accuracy of always saying the training part's most frequent label
 * @param previousLabelAccuracy accuracy of repeating the key's last known label
 */
public record ClassScore(
    String key,
    long count,
    double accuracy,
    double macroF1,
    Map<String, Double> f1,
    double majorityAccuracy,
    double previousLabelAccuracy) {}
