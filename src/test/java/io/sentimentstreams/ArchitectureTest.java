package io.sentimentstreams;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The map of the packages, and what keeps them apart. */
final class ArchitectureTest {
  private static final String ROOT = "io.sentimentstreams";

  /** A row of the map in docs/architecture.md: a package, and those that it names. */
  private static final Pattern PACKAGE_ROW =
      Pattern.compile("\\| `(\\w+)` \\| ((?:`\\w+`(?:, )?)+|-) \\|");

  private static final Pattern CODE = Pattern.compile("`(\\w+)`");

  /** Package -> the packages that its classes may name. All may name the root. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("text", Set.of()),
          Map.entry("batch", Set.of()),
          Map.entry("corpus", Set.of("text")),
          Map.entry("yaml", Set.of()),
          Map.entry("kernel", Set.of()),
          Map.entry("layers", Set.of("kernel")),
          Map.entry("model", Set.of("kernel", "layers", "text", "yaml")),
          Map.entry("train", Set.of("corpus", "model", "text", "yaml")),
          Map.entry("report", Set.of("corpus", "model", "text", "train")),
          Map.entry("event", Set.of("batch", "model")),
          Map.entry("avro", Set.of("batch", "event", "model")),
          Map.entry("control", Set.of()),
          Map.entry("tracing", Set.of("batch")),
          Map.entry("metrics", Set.of("event", "model", "text")),
          Map.entry("web", Set.of("metrics", "model")),
          Map.entry("page", Set.of("metrics", "model", "trend", "web")),
          Map.entry("broker", Set.of("event")),
          Map.entry(
              "stream",
              Set.of(
                  "avro", "batch", "control", "event", "metrics", "model", "page", "text",
                  "tracing", "trend", "web")),
          Map.entry("trend", Set.of("model")),
          Map.entry("audit", Set.of("event", "stream")),
          Map.entry("letters", Set.of("event", "stream")),
          Map.entry("topics", Set.of("event", "letters", "stream")),
          Map.entry("doctor", Set.of("avro", "kernel", "model", "stream", "topics")),
          Map.entry(
              "chaos", Set.of("audit", "broker", "control", "event", "model", "stream", "trend")),
          Map.entry("bench", Set.of("broker", "event", "metrics", "model", "stream", "text")),
          Map.entry(
              "cli",
              Set.of(
                  "audit", "bench", "broker", "chaos", "control", "corpus", "doctor", "event",
                  "letters", "metrics", "model", "page", "report", "stream", "text", "topics",
                  "train", "web")));

  private static JavaClasses main;
  private static JavaClasses tests;

  @BeforeAll
  static void importClasses() {
    main =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
    tests =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages(ROOT);
  }

  @Test
  void packages_all_areOnTheMap() {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : main) {
      found.add(type.getPackageName().substring(ROOT.length()).replaceFirst("\\.", ""));
    }
    found.remove("");
    assertThat(found).isEqualTo(new TreeSet<>(MAY_USE.keySet()));
  }

  @Test
  void documentation_hasTheSameMap() throws IOException {
    Map<String, Set<String>> told = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("docs", "architecture.md"))) {
      Matcher row = PACKAGE_ROW.matcher(line);
      if (row.matches()) {
        Set<String> named = new TreeSet<>();
        CODE.matcher(row.group(2)).results().forEach(found -> named.add(found.group(1)));
        told.put(row.group(1), named);
      }
    }
    Map<String, Set<String>> map = new TreeMap<>();
    MAY_USE.forEach((name, mayUse) -> map.put(name, new TreeSet<>(mayUse)));
    assertThat(told).as("docs/architecture.md").isEqualTo(map);
  }

  @TestFactory
  Stream<DynamicTest> dependencies_ofEachPackage_followTheMap() {
    return MAY_USE.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> followsTheMap(entry)));
  }

  private static void followsTheMap(Map.Entry<String, Set<String>> entry) {
    Set<String> forbidden = new TreeSet<>(MAY_USE.keySet());
    forbidden.remove(entry.getKey());
    forbidden.removeAll(entry.getValue());
    String[] packages = forbidden.stream().map(ArchitectureTest::in).toArray(String[]::new);
    if (packages.length > 0) {
      noClasses()
          .that()
          .resideInAPackage(in(entry.getKey()))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages)
          .check(main);
    }
  }

  @Test
  void packages_all_areFreeOfCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(main);
  }

  @Test
  void training_andServing_neverSeeEachOther() {
    noClasses()
        .that()
        .resideInAPackage(in("train"))
        .should()
        .transitivelyDependOnClassesThat()
        .resideInAPackage(in("stream"))
        .check(main);
    noClasses()
        .that()
        .resideInAPackage(in("stream"))
        .should()
        .transitivelyDependOnClassesThat()
        .resideInAnyPackage(in("train"), in("corpus"))
        .check(main);
  }

  @Test
  void root_itself_namesNoPackageOfItsOwn() {
    noClasses()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(in("*"))
        .check(main);
  }

  @Test
  void batch_isFreeOfKafkaAndNetworksAndJson() {
    noClasses()
        .that()
        .resideInAPackage(in("batch"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..", "org.deeplearning4j..", "org.nd4j..", "com.fasterxml..")
        .check(main);
  }

  @Test
  void networkLibrary_isUsedByNetworksAndTrainingOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(in("layers"), in("model"), in("train"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..")
        .check(main);
  }

  @Test
  void nativeLibraries_areUsedByNetworksAndTheirMeasurementOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(in("kernel"), in("layers"), in("model"), in("train"), in("bench"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco..")
        .check(main);
  }

  @Test
  void kafka_isUsedAtTheEdgeOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            in("stream"),
            in("avro"),
            in("audit"),
            in("letters"),
            in("topics"),
            in("doctor"),
            in("chaos"),
            in("broker"),
            in("metrics"),
            in("cli"),
            in("bench"))
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.apache.kafka..", "kafka.."))
        .check(main);
  }

  /** Not each build has them. */
  @Test
  void avro_isUsedByItsPackageOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("avro"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.avro..", "io.apicurio..", "com.microsoft.kiota..")
        .check(main);
  }

  @Test
  void brokerInternals_areUsedByOneClass() {
    noClasses()
        .that(not(simpleNameEndingWith("EmbeddedBroker")))
        .and()
        .haveNameNotMatching(".*\\.EmbeddedBroker\\$.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..")
        .check(main);
  }

  @Test
  void standardStreams_areUsedByCliOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("cli"))
        .should(accessField(System.class, "out"))
        .orShould(accessField(System.class, "err"))
        .orShould(accessField(System.class, "in"))
        .check(main);
  }

  @Test
  void javaDeserialization_isUsedNowhere() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.deeplearning4j.util.ModelSerializer")
        .check(main);
  }

  @Test
  void stackTraces_arePrintedByCliOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("cli"))
        .should()
        .callMethodWhere(target(name("printStackTrace")))
        .check(main);
  }

  @Test
  void staticFields_areFinal() {
    fields()
        .that()
        .areStatic()
        .and()
        .doNotHaveName("$assertionsDisabled")
        .should()
        .beFinal()
        .check(main);
  }

  @Test
  void classes_areFinalOrSealedOrAbstract() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotAnonymousClasses()
        .and()
        .areNotEnums()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .orShould()
        .haveModifier(JavaModifier.ABSTRACT)
        .check(main);
  }

  @Test
  void testClasses_haveTheNamesThatTheBuildRuns() {
    methods()
        .that()
        .areAnnotatedWith(Test.class)
        .or()
        .areAnnotatedWith(TestFactory.class)
        .or()
        .areAnnotatedWith("org.junit.jupiter.params.ParameterizedTest")
        .or()
        .areAnnotatedWith("net.jqwik.api.Property")
        .should()
        .beDeclaredInClassesThat()
        .haveNameMatching(".*(Test|IT|Contract)(\\$.*)?")
        .check(tests);
  }

  @Test
  void testMethods_sayWhatUnderWhichConditionAndWhatComesOut() {
    methods()
        .that()
        .areAnnotatedWith(Test.class)
        .should()
        .haveNameMatching("[a-z][A-Za-z0-9]*(_[A-Za-z0-9]+)+")
        .check(tests);
  }

  private static String in(String name) {
    return ROOT + "." + name + "..";
  }
}
