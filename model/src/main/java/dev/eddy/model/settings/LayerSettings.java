package dev.eddy.model.settings;

import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.layer.LayerShape;
import dev.eddy.settings.Block;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.util.Optional;
import java.util.OptionalInt;

/** One layer of the stack, or several equal ones; what it leaves out is as the model says. */
@Block(value = "model.layers", inShort = "count")
public record LayerSettings(
    @Setting(
            about = "how many layers like this lie one upon the other",
            byDefault = "1",
            least = "1",
            most = "64")
        int count,
    @Setting(about = "their recurrence; `auto`, the model's `cell`", byDefault = "auto")
        Optional<CellType> cell,
    @Setting(
            about = "their units; `auto`, the model's `hidden`",
            byDefault = "auto",
            least = "1",
            most = "4096")
        OptionalInt hidden,
    @Setting(
            about = "whether the gates see the cell, of an lstm only; `auto`, as the model",
            byDefault = "auto")
        Optional<Boolean> peephole,
    @Setting(
            about =
                "the share of a unit that each step replaces, of an rnn only; `auto`, as the model",
            byDefault = "auto",
            above = "0",
            most = "1")
        Optional<Double> leak) {

  public LayerSettings {
    Settings.check(LayerSettings.class, count, cell, hidden, peephole, leak);
  }

  /** Refuses what its cell does not have; what the model says for all is for those that have it. */
  void requireOptions(String place, CellType cellOfModel) {
    CellType own = cell.orElse(cellOfModel);
    own.requireOptions(place, peephole.orElse(false), leak.orElse(1.0));
  }

  /** One such layer, over so many inputs. */
  LayerShape shape(int inputs, ModelSettings model) {
    CellType own = cell.orElse(model.cell());
    boolean sees = own == CellType.LSTM && peephole.orElse(model.peephole());
    double replaced = own == CellType.RNN ? leak.orElse(model.leak()) : 1;
    return own.layer(inputs, hidden.orElse(model.hidden()), sees, replaced);
  }
}
