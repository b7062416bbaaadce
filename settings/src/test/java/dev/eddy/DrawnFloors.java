package dev.eddy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The floors of one module as {@code docs/ARCHITECTURE.md} draws them, {@code a → b, c → d}: a
 * package imports only what stands further to the right.
 */
public final class DrawnFloors {
  private final String root; // dev.eddy.model
  private final Map<String, Integer> floors; // by package below the root, the uppermost 0

  private DrawnFloors(String root, Map<String, Integer> floors) {
    this.root = root;
    this.floors = floors;
  }

  /** Reads the line that begins with {@code module}. */
  public static DrawnFloors of(String module) throws IOException {
    Path page = Path.of(System.getProperty("eddy.root"), "docs", "ARCHITECTURE.md");
    String drawn =
        Files.readAllLines(page).stream()
            .filter(line -> line.startsWith(module + " ") && line.contains("→"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(page + ": draws no floors of " + module))
            .substring(module.length());
    Map<String, Integer> floors = new LinkedHashMap<>();
    String[] groups = drawn.split("→");
    for (int floor = 0; floor < groups.length; floor++) {
      for (String room : groups[floor].split(",")) {
        floors.put(room.strip(), floor);
      }
    }
    return new DrawnFloors("dev.eddy." + module, floors);
  }

  /** Fails where {@code classes} import upwards or sideways, and where a package is not drawn. */
  public void check(JavaClasses classes) {
    List<JavaClass> own =
        classes.stream().filter(type -> type.getPackageName().startsWith(root + ".")).toList();
    Set<String> rooms = own.stream().map(this::room).collect(Collectors.toCollection(TreeSet::new));
    assertThat(rooms)
        .as("packages of " + root + " and the rooms that docs/ARCHITECTURE.md draws")
        .isEqualTo(new TreeSet<>(floors.keySet()));
    Set<String> wrong = new TreeSet<>();
    own.stream()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(this::climbs)
        .forEach(
            dependency ->
                wrong.add(
                    dependency.getOriginClass().getName()
                        + " imports "
                        + dependency.getTargetClass().getName()));
    assertThat(wrong).as("imports that docs/ARCHITECTURE.md does not draw").isEmpty();
  }

  private boolean climbs(Dependency dependency) {
    JavaClass target = dependency.getTargetClass().getBaseComponentType();
    if (!target.getPackageName().startsWith(root + ".")) {
      return false;
    }
    String from = room(dependency.getOriginClass());
    String to = room(target);
    return !from.equals(to) && floors.getOrDefault(to, -1) <= floors.getOrDefault(from, -1);
  }

  private String room(JavaClass type) {
    return type.getPackageName().substring(root.length() + 1);
  }
}
