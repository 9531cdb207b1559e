package dev.busbar;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.busbar.text.UserFacingFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Checks what may import what: launch → {web, wamp, mq} → {hub, route, deadletter} → delivery → {cluster, broker} →
 * {codec, topic} → config; and what no class may do.
 */
class ArchitectureTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.busbar");

    private static final Path SOURCES = Path.of("src/main/java/dev/busbar");

    /** A package, and all of Busbar that it may import besides itself. */
    record Layer(String name, Set<String> imports) {

        static Layer of(String name, String... imports) {
            return new Layer(name, Set.of(imports));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Layer> layers() {
        return Stream.of(
                Layer.of("text"),
                Layer.of("log"),
                Layer.of("verticle"),
                Layer.of("topic"),
                Layer.of("socket"),
                Layer.of("config", "topic"),
                Layer.of("codec", "config"),
                Layer.of("broker", "codec", "config", "topic"),
                Layer.of("broker.rabbitmq", "broker", "codec", "config", "topic"),
                Layer.of("broker.embedded", "broker", "config"),
                Layer.of("broker.amqp10", "broker", "codec", "config", "topic"),
                Layer.of("access", "codec", "config", "topic"),
                Layer.of("cluster", "config"),
                Layer.of("delivery", "broker", "codec", "config", "topic"),
                Layer.of("deadletter", "delivery", "broker", "codec", "config"),
                Layer.of("route", "verticle", "delivery", "cluster", "broker", "codec", "config", "topic"),
                Layer.of("check", "route", "cluster", "broker", "config", "topic"),
                Layer.of("hub", "verticle", "delivery", "cluster", "broker", "codec", "config", "topic"),
                Layer.of("mq", "verticle", "hub", "delivery", "cluster", "broker", "codec", "config", "topic"),
                Layer.of(
                        "web",
                        "verticle",
                        "access",
                        "web.api",
                        "web.console",
                        "web.metrics",
                        "web.sockjs",
                        "hub",
                        "route",
                        "cluster",
                        "config"),
                Layer.of(
                        "web.api",
                        "verticle",
                        "access",
                        "web.sockjs",
                        "hub",
                        "route",
                        "deadletter",
                        "delivery",
                        "cluster",
                        "broker",
                        "codec",
                        "config",
                        "topic"),
                Layer.of("web.console"),
                Layer.of("web.metrics", "web.sockjs", "hub", "route", "broker", "config"),
                Layer.of("web.sockjs", "verticle", "access", "socket", "hub", "codec", "config", "topic"),
                Layer.of("wamp", "access", "socket", "hub", "delivery", "broker", "codec", "config", "topic"));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void importsOnlyWhatItMay(Layer layer) {
        var allowed = Stream.concat(Stream.of(layer.name(), "text", "log"), layer.imports().stream())
                .map(ArchitectureTest::exactly)
                .toArray(String[]::new);

        check(noClasses()
                .that(resideInAPackage(exactly(layer.name())))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.busbar..")
                        .and(not(resideInAnyPackage(allowed)).and(not(equivalentTo(Internal.class))))));
    }

    /** Keeps the rules as tight as the code is. */
    @ParameterizedTest
    @MethodSource("layers")
    void needsAllThatItMayImport(Layer layer) {
        var imported = MAIN.stream()
                .filter(type -> type.getPackageName().equals(exactly(layer.name())))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getPackageName())
                .collect(Collectors.toSet());

        assertThat(imported)
                .containsAll(
                        layer.imports().stream().map(ArchitectureTest::exactly).toList());
    }

    /** A transport nobody has a rule for would escape the rules above. */
    @Test
    void everyPackageHasARule() {
        var known = new TreeSet<>(layers().map(Layer::name).toList());
        known.addAll(List.of("", "launch"));

        assertThat(known).containsAll(packages().map(ArchitectureTest::relative).toList());
    }

    @Test
    void packagesAreFreeOfCycles() {
        check(slices().matching("dev.busbar.(**)").should().beFreeOfCycles());
    }

    @Test
    void everyPackageIsDescribed() {
        assertThat(packages())
                .isNotEmpty()
                .allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                        .content()
                        .contains("/**"));
    }

    @Test
    void nothingIsNamedForNothing() {
        check(noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?)"));
    }

    @Test
    void noTwoClassesShareASimpleName() {
        var packagesByName = MAIN.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getPackageName, Collectors.toList())));

        assertThat(packagesByName)
                .allSatisfy((name, owners) -> assertThat(owners).as(name).hasSize(1));
    }

    @Test
    void nobodySleepsOrMakesThreads() {
        check(noClasses()
                .should()
                .callMethodWhere(target(name("sleep")).and(target(owner(assignableTo(Thread.class))))));
        check(noClasses().should().callConstructorWhere(target(owner(assignableTo(Thread.class)))));
        check(noClasses().should().dependOnClassesThat(equivalentTo(Executors.class)));
    }

    @Test
    void onlyTheCommandLineWritesToTheConsole() {
        check(noClasses().that(resideOutsideOfPackage("dev.busbar.launch..")).should(ACCESS_STANDARD_STREAMS));
    }

    /** So that nothing from elsewhere forges lines of a log, whatever writes it. */
    @Test
    void everybodyLogsByTheCleanLogger() {
        check(noClasses()
                .that(resideOutsideOfPackage("dev.busbar.log"))
                .should()
                .dependOnClassesThat(equivalentTo(LoggerFactory.class)));
    }

    /** An exception without a stack trace helps nobody unless its message says all there is to know. */
    @Test
    void exceptionsWithoutAStackTraceAreWrittenForAPerson() {
        var withoutStackTrace =
                MAIN.stream().filter(ArchitectureTest::suppressesItsStackTrace).toList();

        assertThat(withoutStackTrace)
                .isNotEmpty()
                .allSatisfy(type ->
                        assertThat(type.isAssignableTo(UserFacingFailure.class)).isTrue());
    }

    private static boolean suppressesItsStackTrace(JavaClass exception) {
        return exception.tryGetMethod("fillInStackTrace").isPresent()
                || exception.getConstructorCallsFromSelf().stream()
                        .map(call -> call.getTarget().getRawParameterTypes())
                        .anyMatch(types -> types.stream()
                                .map(JavaClass::getName)
                                .toList()
                                .equals(List.of(
                                        String.class.getName(), Throwable.class.getName(), "boolean", "boolean")));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }

    private static String exactly(String name) {
        return "dev.busbar." + name;
    }

    private static String relative(Path folder) {
        return SOURCES.relativize(folder).toString().replace('/', '.').replace('\\', '.');
    }

    private static Stream<Path> packages() {
        try (var files = Files.walk(SOURCES)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
