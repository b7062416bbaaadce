package dev.eddy.model.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonPOJOBuilder;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a model version comes from.
 *
 * @param data what it was trained on: topics or files, time range, observations
 * @param code the program's version
 * @param seed of initialisation, sampling and dropout
 * @param platform operating system, processor, JVM, ND4J backend
 * @param created when it was published
 * @param learned the same data in figures; empty for what was not trained here, or by an Eddy that
 *     did not write it
 */
@JsonDeserialize(builder = Provenance.Builder.class)
public record Provenance(
    String data,
    String code,
    long seed,
    String platform,
    Instant created,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Learned> learned) {

  /** Of what was not trained here. */
  public Provenance(String data, String code, long seed, String platform, Instant created) {
    this(data, code, seed, platform, created, Optional.empty());
  }

  /** Reads it from JSON, where what was learned from may be absent. */
  @JsonPOJOBuilder
  static final class Builder {
    private final String data;
    private final String code;
    private final long seed;
    private final String platform;
    private final Instant created;
    private Optional<Learned> learned = Optional.empty();

    Builder(
        @JsonProperty("data") String data,
        @JsonProperty("code") String code,
        @JsonProperty("seed") long seed,
        @JsonProperty("platform") String platform,
        @JsonProperty("created") Instant created) {
      this.data = data;
      this.code = code;
      this.seed = seed;
      this.platform = platform;
      this.created = created;
    }

    Builder withLearned(Learned newLearned) {
      this.learned = Optional.of(newLearned);
      return this;
    }

    Provenance build() {
      return new Provenance(data, code, seed, platform, created, learned);
    }
  }
}
