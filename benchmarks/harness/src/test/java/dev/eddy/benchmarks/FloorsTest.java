package dev.eddy.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The floors of the benchmarks; the poms keep the peers of other modules from the harness. */
@AnalyzeClasses(
    packages = "dev.eddy.benchmarks",
    importOptions = ImportOption.DoNotIncludeTests.class)
class FloorsTest {

  @ArchTest
  static final ArchRule packages_form_no_circle =
      slices().matching("dev.eddy.benchmarks.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule floors =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("dev.eddy.benchmarks.cli")
          .layer("run")
          .definedBy("dev.eddy.benchmarks.run")
          .layer("report")
          .definedBy("dev.eddy.benchmarks.report")
          .layer("kernel")
          .definedBy("dev.eddy.benchmarks.kernel")
          .layer("eddy")
          .definedBy("dev.eddy.benchmarks.eddy")
          .layer("dl4j")
          .definedBy("dev.eddy.benchmarks.dl4j")
          .layer("onnx")
          .definedBy("dev.eddy.benchmarks.onnx")
          .layer("worker")
          .definedBy("dev.eddy.benchmarks.worker")
          .layer("work")
          .definedBy("dev.eddy.benchmarks.work")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("run")
          .mayOnlyAccessLayers("report", "worker", "work")
          .whereLayer("report")
          .mayNotAccessAnyLayer()
          .whereLayer("kernel")
          .mayOnlyAccessLayers("eddy", "work")
          .whereLayer("eddy")
          .mayOnlyAccessLayers("dl4j", "work")
          .whereLayer("dl4j")
          .mayOnlyAccessLayers("work")
          .whereLayer("onnx")
          .mayOnlyAccessLayers("work")
          .whereLayer("worker")
          .mayOnlyAccessLayers("work")
          .whereLayer("work")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule only_adapters_know_the_library_of_their_peer =
      noClasses()
          .that()
          .resideInAPackage("dev.eddy.benchmarks..")
          .and()
          .resideOutsideOfPackages("dev.eddy.benchmarks.dl4j", "dev.eddy.benchmarks.eddy")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.nd4j..", "org.deeplearning4j..", "org.bytedeco..", "ai.onnxruntime..");
}
