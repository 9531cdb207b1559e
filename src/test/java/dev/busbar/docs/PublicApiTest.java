package dev.busbar.docs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.busbar.Internal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The public API is what library.md lists: nothing leaks into it, and all else is marked as internal. */
class PublicApiTest {

    private static final TreeSet<String> LISTED = PublicApi.names();

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.busbar");

    private static final Path SOURCES = Path.of("src/main/java");

    /** What whoever uses Busbar has, as the artifact brings it. */
    private static final DescribedPredicate<JavaClass> FOREIGN = JavaClass.Predicates.resideInAnyPackage(
            "java..",
            "io.vertx.core",
            "io.vertx.core.buffer",
            "io.vertx.core.eventbus",
            "io.vertx.core.json",
            "io.vertx.core.streams",
            "io.vertx.rabbitmq",
            "com.rabbitmq.client");

    private static final DescribedPredicate<JavaClass> PUBLIC_API =
            DescribedPredicate.describe("are listed in library.md", PublicApiTest::isListed);

    private static final Pattern WARNING = Pattern.compile("(?m)^\\S+: warning: .*\n.*$");
    private static final Pattern COMPACT_CONSTRUCTOR = Pattern.compile("no comment\n *public \\w+ \\{$");

    private static boolean isListed(JavaClass type) {
        return LISTED.contains(type.getFullName())
                || isVisible(type.getModifiers())
                        && type.getEnclosingClass().map(PublicApiTest::isListed).orElse(false);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    @Test
    void listedClassesArePublic() {
        assertThat(LISTED).hasSizeGreaterThan(20);
        assertThat(PublicApi.classes())
                .allSatisfy(type -> assertThat(type.getModifiers() & java.lang.reflect.Modifier.PUBLIC)
                        .as(type.getName())
                        .isNotZero());
    }

    @Test
    void signaturesNameNothingThatIsInternal() {
        classes().that(PUBLIC_API).should(nameOnlyWhatUsersHave()).check(MAIN);
    }

    private static ArchCondition<JavaClass> nameOnlyWhatUsersHave() {
        return new ArchCondition<>("name only what users have") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                supertypes(type).forEach(named -> check(type.getDescription(), named, events));
                Stream.concat(Stream.of(type), hiddenSuperclasses(type))
                        .flatMap(at -> at.getMembers().stream())
                        .filter(PublicApiTest::isForUsers)
                        .forEach(member ->
                                named(member).forEach(named -> check(member.getDescription(), named, events)));
            }

            private void check(String where, JavaClass named, ConditionEvents events) {
                var base = named.getBaseComponentType();
                if (!base.isPrimitive() && !isListed(base) && !FOREIGN.test(base)) {
                    events.add(SimpleConditionEvent.violated(named, where + " names " + base.getFullName()));
                }
            }
        };
    }

    private static boolean isForUsers(JavaMember member) {
        return isVisible(member.getModifiers())
                && !member.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !member.isAnnotatedWith(Internal.class);
    }

    private static Stream<JavaClass> named(JavaMember member) {
        var thrown =
                member instanceof JavaCodeUnit code ? code.getExceptionTypes().stream() : Stream.<JavaClass>empty();
        return Stream.concat(member.getAllInvolvedRawTypes().stream(), thrown)
                // Its class, for members that have no type parameters of their own.
                .filter(type -> !type.equals(member.getOwner()));
    }

    private static Stream<JavaClass> supertypes(JavaClass type) {
        return Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                .flatMap(it -> it.getAllInvolvedRawTypes().stream())
                .flatMap(it -> isHidden(it) ? supertypes(it) : Stream.of(it));
    }

    /** Their members count as those of the class. */
    private static Stream<JavaClass> hiddenSuperclasses(JavaClass type) {
        return type.getSuperclass().map(JavaType::toErasure).filter(PublicApiTest::isHidden).stream()
                .flatMap(it -> Stream.concat(Stream.of(it), hiddenSuperclasses(it)));
    }

    private static boolean isHidden(JavaClass type) {
        return type.getPackageName().startsWith("dev.busbar")
                && !type.getModifiers().contains(JavaModifier.PUBLIC);
    }

    static Stream<Path> packages() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.endsWith("package-info.java")).toList().stream();
        }
    }

    /** In the first paragraph, in the same words everywhere. */
    @ParameterizedTest
    @MethodSource("packages")
    void packagesSayWhatOfThemIsPublic(Path description) throws IOException {
        var group = SOURCES.relativize(description.getParent()).toString().replace('/', '.');
        var listed = LISTED.stream()
                .filter(name -> name.substring(0, name.lastIndexOf('.')).equals(group))
                .toList();
        var first = Files.readString(description)
                .replaceAll("(?s)^.*?/\\*\\*|\\*/.*$", "")
                .replaceAll("\n \\* ?", "\n")
                .split("\n\n|<p>")[0]
                .replaceAll("\\s+", " ")
                .strip();

        if (listed.isEmpty()) {
            assertThat(first).startsWith("Internal: ").doesNotContain("Public API");
        } else {
            assertThat(first).doesNotContain("Internal: ").endsWith(".").contains(" Public API: ");
            assertThat(links(first.substring(first.indexOf(" Public API: ")))).containsExactlyElementsOf(listed);
        }
    }

    private static List<String> links(String text) {
        return Pattern.compile("\\{@link ([\\w.]+)}")
                .matcher(text)
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    /**
     * With all that doclint knows, but that it wants the components of a record described once more where its
     * constructor checks them.
     */
    @Test
    void everythingListedIsDocumented(@TempDir Path folder) {
        var said = new StringWriter();
        var arguments = Stream.of(
                List.of("-quiet", "-Xdoclint:all", "-Xmaxwarns", "500", "--release", "17"),
                List.of("-encoding", "UTF-8", "-cp", System.getProperty("java.class.path"), "-d", folder.toString()),
                included().map(SOURCES::resolve).map(Path::toString).toList());

        var code = ToolProvider.findFirst("javadoc")
                .orElseThrow()
                .run(
                        new PrintWriter(said),
                        new PrintWriter(said),
                        arguments.flatMap(List::stream).toArray(String[]::new));

        assertThat(code).as(said.toString()).isZero();
        assertThat(WARNING.matcher(said.toString()).results())
                .extracting(MatchResult::group)
                .allMatch(warning -> COMPACT_CONSTRUCTOR.matcher(warning).find());
    }

    private static Stream<String> included() {
        var files = new TreeSet<String>();
        for (var name : LISTED) {
            var file = name.replace('.', '/') + ".java";
            files.add(file);
            files.add(file.substring(0, file.lastIndexOf('/') + 1) + "package-info.java");
        }
        return files.stream();
    }

    /** So that no change goes unseen: a line that is gone or changed breaks those who use it. */
    @Test
    void signaturesAreThoseKept() throws IOException {
        var now = PublicApi.signatures();
        var kept = Files.readAllLines(PublicApi.KEPT);
        var written = Files.write(Files.createDirectories(Path.of("target")).resolve("public-api.txt"), now);

        assertThat(without(kept, now))
                .as(
                        "no longer in the public API, or otherwise: applications that use it break. Keep it, or say it"
                                + " in CHANGELOG.md and: cp %s %s",
                        written, PublicApi.KEPT)
                .isEmpty();
        assertThat(without(now, kept))
                .as("new in the public API; if it is meant to be: cp %s %s", written, PublicApi.KEPT)
                .isEmpty();
    }

    private static List<String> without(List<String> some, List<String> others) {
        return some.stream().filter(line -> !others.contains(line)).toList();
    }

    /** What is given to javadoc is what the page lists. */
    @Test
    void theJavadocShowsWhatIsListed() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/site/javadoc.files")))
                .containsExactlyElementsOf(
                        included().map(file -> SOURCES + "/" + file).toList());
    }

    /** The page's programs are what users copy. */
    @Test
    void theProgramsOfThePagesUseThePublicApiOnly(@TempDir Path folder) throws IOException {
        new JavaPrograms(folder, Examples.in("java").toList(), text -> text);
        var programs = new ClassFileImporter().importPath(folder);

        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.busbar..").and(DescribedPredicate.not(PUBLIC_API)))
                .check(programs);
        noClasses()
                .should()
                .accessTargetWhere(target(annotatedWith(Internal.class)))
                .check(programs);
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaAccess<?>> target(
            DescribedPredicate<com.tngtech.archunit.core.domain.properties.CanBeAnnotated> predicate) {
        return DescribedPredicate.describe(
                "a target " + predicate.getDescription(),
                access ->
                        access.getTarget().resolveMember().map(predicate::test).orElse(false));
    }
}
