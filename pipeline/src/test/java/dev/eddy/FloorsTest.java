package dev.eddy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.util.List;

/** The floors of the house: a room stands above all that it imports. */
@AnalyzeClasses(packages = "dev.eddy", importOptions = FloorsTest.WithoutTests.class)
class FloorsTest {
  /** Neither this module's tests nor a jar of another's. */
  static final class WithoutTests implements ImportOption {
    private final ImportOption folders = new DoNotIncludeTests();

    @Override
    public boolean includes(Location location) {
      return folders.includes(location) && !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule model_imports_nothing_of_flink_or_kafka =
      noClasses()
          .that()
          .resideInAPackage("dev.eddy.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.flink..",
              "org.apache.kafka..",
              "dev.eddy.connectors..",
              "dev.eddy.pipeline..");

  @ArchTest
  static final ArchRule connectors_import_no_model_code =
      noClasses()
          .that()
          .resideInAPackage("dev.eddy.connectors..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.eddy.model..", "dev.eddy.pipeline..", "org.nd4j..", "org.deeplearning4j..");

  @ArchTest
  static void the_floors_are_as_the_architecture_page_draws_them(JavaClasses classes)
      throws IOException {
    for (String module : List.of("model", "connectors", "pipeline")) {
      DrawnFloors.of(module).check(classes);
    }
  }

  @ArchTest
  static final ArchRule settings_import_nothing_of_eddy =
      noClasses()
          .that()
          .resideInAPackage("dev.eddy.settings..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.eddy..").and(resideOutsideOfPackage("dev.eddy.settings..")));

  @ArchTest
  static final ArchRule rooms_form_no_cycles =
      slices().matching("dev.eddy.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule serving_runs_without_nd4j =
      noClasses()
          .that()
          .resideInAPackage("dev.eddy..")
          .and()
          .resideOutsideOfPackages(
              "dev.eddy.model.engine.nd4j..", "dev.eddy.model.layer..", "dev.eddy.model.training..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.bytedeco..");

  @ArchTest
  static final ArchRule the_simd_kernels_know_arrays_only =
      noClasses()
          .that()
          .resideInAPackage("dev.eddy.model.kernel.simd..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.eddy..")
                  .and(resideOutsideOfPackage("dev.eddy.model.kernel.simd..")));

  @ArchTest
  static final ArchRule the_vector_module_is_linked_by_the_simd_kernels_only =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.eddy.model.kernel.simd..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");
}
