package dev.eddy.pipeline.evaluation.pending;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/** Keeps pending forecasts in Flink's keyed state, an entry each: none is written twice. */
final class StoredForecasts implements PendingForecasts {
  private final MapState<Long, byte[]> forecasts;

  StoredForecasts(KeyedStateStore store) {
    forecasts =
        store.getMapState(
            new MapStateDescriptor<>(
                "pending-forecasts",
                LongSerializer.INSTANCE,
                BytePrimitiveArraySerializer.INSTANCE));
  }

  @Override
  public byte[] get(long place) throws Exception {
    byte[] forecast = forecasts.get(place);
    if (forecast == null) {
      throw new IllegalStateException("forecast " + place + ": none (must be kept)");
    }
    return forecast;
  }

  @Override
  public void put(long place, byte[] forecast) throws Exception {
    forecasts.put(place, forecast);
  }

  @Override
  public void remove(long place) throws Exception {
    forecasts.remove(place);
  }

  /** Forgets a lane of the current key, of which nobody knows how many forecasts it may have. */
  void removeLane(int lane) throws Exception {
    List<Long> places = new ArrayList<>();
    for (long place : forecasts.keys()) {
      if (place >> Integer.SIZE == lane) {
        places.add(place);
      }
    }
    for (long place : places) {
      forecasts.remove(place);
    }
  }

  /** Forgets all of the current key. */
  void clear() {
    forecasts.clear();
  }
}
