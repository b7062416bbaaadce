package dev.eddy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The floors of the house: a room stands above all that it imports. */
@AnalyzeClasses(packages = "dev.eddy", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorsTest {

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
  static final ArchRule model_floors =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.eddy.model..")
          .layer("training")
          .definedBy("dev.eddy.model.training..")
          .layer("store")
          .definedBy("dev.eddy.model.store..")
          .layer("layer")
          .definedBy("dev.eddy.model.layer..")
          .layer("inference")
          .definedBy("dev.eddy.model.inference..")
          .layer("nd4j")
          .definedBy("dev.eddy.model.engine.nd4j..")
          .layer("simd")
          .definedBy("dev.eddy.model.engine.simd..")
          .layer("engine")
          .definedBy("dev.eddy.model.engine")
          .layer("kernel")
          .definedBy("dev.eddy.model.kernel..")
          .layer("spec")
          .definedBy("dev.eddy.model.spec..")
          .layer("tensor")
          .definedBy("dev.eddy.model.tensor..")
          .whereLayer("training")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("layer")
          .mayOnlyBeAccessedByLayers("training")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("training")
          .whereLayer("inference")
          .mayOnlyBeAccessedByLayers("training", "store")
          .whereLayer("nd4j")
          .mayOnlyBeAccessedByLayers("training")
          .whereLayer("simd")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("engine")
          .mayOnlyBeAccessedByLayers("training", "store", "layer", "inference", "nd4j", "simd")
          .whereLayer("kernel")
          .mayOnlyBeAccessedByLayers(
              "training", "store", "layer", "inference", "engine", "nd4j", "simd")
          .whereLayer("tensor")
          .mayNotAccessAnyLayer()
          .whereLayer("spec")
          .mayOnlyAccessLayers("tensor");

  @ArchTest
  static final ArchRule connectors_floors =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.eddy.connectors..")
          .layer("kafka")
          .definedBy("dev.eddy.connectors.kafka..")
          .layer("file")
          .definedBy("dev.eddy.connectors.file..")
          .layer("serde")
          .definedBy("dev.eddy.connectors.serde..")
          .layer("event")
          .definedBy("dev.eddy.connectors.event..")
          .layer("local")
          .definedBy("dev.eddy.connectors.local..")
          .whereLayer("event")
          .mayNotAccessAnyLayer()
          .whereLayer("serde")
          .mayOnlyAccessLayers("event")
          .whereLayer("local")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule pipeline_floors =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.eddy.pipeline..")
          .layer("cli")
          .definedBy("dev.eddy.pipeline.cli..")
          .layer("job")
          .definedBy("dev.eddy.pipeline.job..")
          .layer("operator")
          .definedBy("dev.eddy.pipeline.operator..")
          .layer("state")
          .definedBy("dev.eddy.pipeline.state..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("job")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("operator")
          .mayOnlyBeAccessedByLayers("cli", "job");

  @ArchTest
  static final ArchRule rooms_form_no_cycles =
      slices().matching("dev.eddy.(*).(*)..").should().beFreeOfCycles();

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
