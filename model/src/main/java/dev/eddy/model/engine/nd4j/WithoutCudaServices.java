package dev.eddy.model.engine.nd4j;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Shows ND4J every class and resource of its parent but the services of the CUDA backend, which it
 * would otherwise prefer wherever there is any GPU, and which no setting turns off.
 */
final class WithoutCudaServices extends ClassLoader {
  private static final String SERVICES = "META-INF/services/";
  private static final String CUDA_JAR = "nd4j-cuda";

  WithoutCudaServices(ClassLoader parent) {
    super(parent);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    Enumeration<URL> all = super.getResources(name);
    if (!name.startsWith(SERVICES)) {
      return all;
    }
    List<URL> shown =
        Collections.list(all).stream().filter(url -> !url.toString().contains(CUDA_JAR)).toList();
    return Collections.enumeration(shown);
  }
}
