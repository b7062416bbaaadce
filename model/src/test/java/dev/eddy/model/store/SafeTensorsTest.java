package dev.eddy.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.eddy.model.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SafeTensorsTest {
  private static final String HEADER =
      "{\"b\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
          + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}";

  @Test
  void writes_the_format_byte_for_byte() throws Exception {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b", new Tensor(new int[] {2, 1}, new float[] {1.5f, -2f}));
    tensors.put("a", new Tensor(new int[] {1}, new float[] {3f}));
    assertThat(SafeTensors.write(tensors)).isEqualTo(file(HEADER, 1.5f, -2f, 3f));
  }

  @Test
  void reads_what_it_wrote_and_what_others_add() {
    String withMetadata = "{\"__metadata__\":{\"by\":\"others\"}," + HEADER.substring(1);
    Map<String, Tensor> tensors = SafeTensors.read(file(withMetadata, 1.5f, Float.NaN, 3f));
    assertThat(tensors).containsOnlyKeys("b", "a");
    assertThat(tensors.get("b").shape()).containsExactly(2, 1);
    assertThat(tensors.get("b").values()).containsExactly(1.5f, Float.NaN);
    assertThat(tensors.get("a").values()).containsExactly(3f);
  }

  @Test
  void every_truncation_is_refused() {
    byte[] whole = file(HEADER, 1.5f, -2f, 3f);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatIllegalArgumentException().isThrownBy(() -> SafeTensors.read(part));
    }
  }

  @Test
  void other_types_are_refused_by_name() {
    assertRefused(HEADER.replaceFirst("F32", "F64"), "tensor b: dtype F64 (must be F32)");
  }

  @Test
  void offsets_that_do_not_fit_the_shape_are_refused() {
    assertRefused(HEADER.replace("[8,12]", "[4,12]"), "tensor a: data_offsets [4,12]");
    assertRefused(HEADER.replace("[8,12]", "[12,16]"), "tensor a: data_offsets [12,16]");
    assertRefused(HEADER.replace("[8,12]", "[-4,0]"), "tensor a: data_offsets [-4,0]");
    assertRefused(HEADER.replace("[2,1]", "[2,1073741824,4]"), "tensor b: data_offsets");
    assertRefused(HEADER.replace("[2,1]", "[-2,-1]"), "tensor b: shape [-2,-1]");
  }

  @Test
  void bytes_that_no_tensor_owns_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafeTensors.read(file(HEADER, 1f, 2f, 3f, 4f)))
        .withMessage("values: 16 bytes (must be 12, as the header says)");
  }

  @Test
  void a_header_that_is_no_header_is_refused() {
    assertRefused("[1, 2]", "header: ARRAY (must be an object)");
    assertRefused("{\"b\":", "header: ");
    assertRefused(HEADER.replace("\"a\"", "\"b\""), "header: Duplicate field 'b'");
  }

  private static void assertRefused(String header, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafeTensors.read(file(header, 1f, 2f, 3f)))
        .withMessageStartingWith(message);
  }

  private static byte[] file(String header, float... values) {
    int padded = (header.length() + 7) / 8 * 8;
    ByteBuffer file =
        ByteBuffer.allocate(8 + padded + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(padded);
    file.put((header + " ".repeat(padded - header.length())).getBytes(StandardCharsets.UTF_8));
    for (float value : values) {
      file.putFloat(value);
    }
    return file.array();
  }
}
