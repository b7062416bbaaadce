package dev.eddy.pipeline.shared;

import static dev.eddy.pipeline.shared.SharedValuesTest.ahead;
import static dev.eddy.pipeline.shared.SharedValuesTest.alone;
import static dev.eddy.pipeline.shared.SharedValuesTest.of;
import static dev.eddy.pipeline.shared.SharedValuesTest.ofAnyAge;
import static dev.eddy.pipeline.shared.SharedValuesTest.seen;
import static dev.eddy.pipeline.shared.SharedValuesTest.shared;
import static dev.eddy.pipeline.shared.SharedValuesTest.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.shared.SharedRecords;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How far the shared topic is known, over checkpoints, and when it is another. */
class SharedPlacesTest {
  private static final double MISSING = Double.NaN;

  @Test
  void a_record_is_taken_in_once() {
    SharedValues values = of(ofAnyAge(), shared(4, 100, 5, 0));

    assertThat(values.add(shared(4, 100, 6, 0))).isFalse();
    assertThat(values.add(shared(3, 100, 6, 0))).isFalse();
    assertThat(values.read()).isEqualTo(Map.of(0, 5L));
    values.readAnew(Set.of(0));
    assertThat(values.add(shared(0, 100, 6, 0))).isTrue();
  }

  @Test
  void what_a_topic_made_anew_says_takes_the_place_of_what_the_one_before_said() {
    SharedValues values = of(ofAnyAge(), shared(7, 100, 5, 0), shared(8, 200, 6, 0));
    values.reads("one");
    values.reads("one");
    assertThat(values.timesAnew()).isZero();

    values.reads("other");
    values.reads("other");

    assertThat(values.timesAnew()).isEqualTo(1);
    assertThat(values.read()).isEmpty();
    assertThat(values.add(shared(0, 100, 9, MISSING))).isTrue();
    assertThat(seen(values, 100)).isEqualTo("9.0 0.0");
    assertThat(seen(values, 200)).isEqualTo("6.0 0.0"); // of which it says nothing
  }

  @Test
  void a_source_that_begins_again_delivers_a_topic_made_anew() throws Exception {
    SharedValues before = new SharedValues(ofAnyAge());
    before.add(shared(0, 100, 5, 0)); // read at the start, then delivered
    before.add(shared(1, 200, 6, 0));
    assertThat(before.deliver(shared(0, 100, 5, 0))).isFalse();
    assertThat(before.deliver(shared(1, 200, 6, 0))).isFalse();
    SharedValues values = new SharedValues(ofAnyAge());
    values.restore(before.toBytes());

    assertThat(values.deliver(shared(0, 200, 7, 1))).isTrue();

    assertThat(values.timesAnew()).isEqualTo(1);
    assertThat(seen(values, 200)).isEqualTo("7.0 1.0");
  }

  @Test
  void what_changes_something_before_an_observation_that_has_gone_on_is_late() throws Exception {
    SharedValues before = of(ofAnyAge(), shared(0, 100, 5, 0));
    before.join(alone("a", 150));
    SharedValues values = new SharedValues(ofAnyAge());
    values.restore(before.toBytes());

    values.add(shared(1, 151, 6, 0));
    values.add(shared(2, 100, 5, 0)); // sent again
    assertThat(values.late()).isZero();
    values.add(shared(3, 150, 7, 0));
    values.add(told(4, 120, 160, 7));
    assertThat(values.late()).isEqualTo(2);
  }

  @Test
  void a_checkpoint_holds_it_all() throws Exception {
    SharedValues values = of(ofAnyAge(), shared(0, 100, 5, 1), told(1, 100, 110, 1, 120, MISSING));
    byte[] bytes = values.toBytes();
    SharedValues restored = new SharedValues(ofAnyAge());
    restored.restore(bytes);

    assertThat(restored.toBytes()).isEqualTo(bytes);
    assertThat(seen(restored, 105)).isEqualTo("5.0 1.0");
    assertThat(ahead(restored, 100)).isEqualTo(ahead(values, 100));
    assertThat(restored.settled()).isEqualTo(100 - 0);
    assertThat(restored.read()).isEqualTo(Map.of(0, 2L));
  }

  @Test
  void a_feature_that_a_checkpoint_lacks_is_read_again() throws Exception {
    SharedFeatures both = ofAnyAge();
    SharedFeatures price =
        new SharedFeatures(
            both.topic(),
            SharedRecords.schema(List.of("price"), Map.of(), both.observations()),
            both.observations(),
            both.maxAhead(),
            both.maxAge(),
            both.await(),
            both.keep());
    SharedValues values = new SharedValues(price);
    values.add(new Observation("shared", 100, new double[] {5}, new String[0], null, 0, 0));
    SharedValues restored = new SharedValues(both);
    restored.restore(values.toBytes());

    assertThat(restored.read()).isEmpty();
    assertThat(seen(restored, 100)).isEqualTo("5.0 NaN");
  }
}
