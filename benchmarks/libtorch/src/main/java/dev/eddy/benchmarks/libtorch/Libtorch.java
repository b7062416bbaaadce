package dev.eddy.benchmarks.libtorch;

import dev.eddy.benchmarks.work.Engine;
import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.benchmarks.work.StepWork;
import dev.eddy.benchmarks.work.TrainCase;
import dev.eddy.benchmarks.work.TrainWork;
import dev.eddy.benchmarks.work.Work;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** libtorch on one thread; steps run in inference mode, which records nothing for backward. */
public final class Libtorch implements Engine {
  private @Nullable InferenceMode inference; // of the thread that everything runs on

  @Override
  public String name() {
    return "libtorch";
  }

  @Override
  public String describe() {
    torch.set_num_threads(1);
    String configuration = torch.show_config().getString();
    return "libtorch "
        + setting(configuration, "TORCH_VERSION")
        + ", one thread, BLAS "
        + setting(configuration, "BLAS_INFO")
        + ", oneDNN "
        + setting(configuration, "USE_MKLDNN")
        + ", "
        + torch.get_cpu_capability().getString();
  }

  private static String setting(String configuration, String name) {
    int at = configuration.indexOf(name + "=");
    return at < 0
        ? "unknown"
        : configuration.substring(at + name.length() + 1, configuration.indexOf(',', at));
  }

  @Override
  public StepWork step(StepCase step) {
    infer();
    return new LibtorchStep(step);
  }

  @Override
  public Work product(int size) {
    infer();
    return new LibtorchProduct(size);
  }

  @Override
  public TrainWork train(TrainCase training) {
    return new LibtorchTraining(training);
  }

  private void infer() {
    if (inference == null) {
      inference = new InferenceMode(true);
    }
  }
}
