package dev.eddy.cluster;

import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all tests one cluster, for it takes longer to start than most of them; whole to each. */
final class SharedCluster implements ParameterResolver, BeforeEachCallback, AfterEachCallback {
  private record Held(FlinkCluster cluster) implements AutoCloseable {
    @Override
    public void close() {
      cluster.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == FlinkCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return cluster(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    cluster(context).mend();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    FlinkCluster cluster = cluster(context);
    List<String> dead = cluster.dead();
    cluster.mend();
    cluster.cancelAll();
    if (!dead.isEmpty()) {
      throw new AssertionError("ended, and the test did not want it: " + dead);
    }
  }

  private static FlinkCluster cluster(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedCluster.class))
        .getOrComputeIfAbsent("cluster", key -> new Held(started()), Held.class)
        .cluster();
  }

  private static FlinkCluster started() {
    try {
      return new FlinkCluster();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
