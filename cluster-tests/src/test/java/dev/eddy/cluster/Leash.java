package dev.eddy.cluster;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs a main class in a process that must not outlive its parent, however that ends: the parent
 * holds the other end of standard input.
 */
public final class Leash {
  private Leash() {}

  public static void main(String[] args) throws Throwable {
    Thread watch = new Thread(Leash::endWithParent, "leash");
    watch.setDaemon(true);
    watch.start();
    try {
      Class.forName(args[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nobody writes.
      }
    } catch (IOException e) {
      // As good as closed.
    }
    Runtime.getRuntime().halt(1);
  }
}
