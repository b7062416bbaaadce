package dev.eddy.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Keeps for job managers who leads, and which jobs run. */
final class ZooKeeper implements AutoCloseable {
  /** In its ticks of this many milliseconds; a session lasts two at least. */
  private static final String TICK = "1000";

  private final int port = Places.freePort();
  private final JavaProcess process;

  ZooKeeper() {
    Path folder = Places.anew(Places.all().resolve("zookeeper"));
    process =
        JavaProcess.start(
            folder,
            Places.log("zookeeper"),
            Map.of(),
            List.of("-Xmx128m", "-Dzookeeper.admin.enableServer=false"),
            System.getProperty("java.class.path"),
            List.of(
                "org.apache.zookeeper.server.ZooKeeperServerMain",
                Integer.toString(port),
                folder.resolve("data").toString(),
                TICK));
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.close();
  }
}
