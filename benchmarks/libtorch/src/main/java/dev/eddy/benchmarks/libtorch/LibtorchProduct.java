package dev.eddy.benchmarks.libtorch;

import dev.eddy.benchmarks.work.Work;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The product of two square matrices. */
final class LibtorchProduct implements Work {
  private final Tensor left;
  private final Tensor right;
  private final Tensor product;

  LibtorchProduct(int size) {
    left = torch.rand(size, size);
    right = torch.rand(size, size);
    product = Tensors.zeros(size, size);
  }

  @Override
  public void run() {
    torch.mm_out(product, left, right);
  }

  @Override
  public void close() {
    left.close();
    right.close();
    product.close();
  }
}
