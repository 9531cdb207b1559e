package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The page of foreign internals names all that is used, and all that it names is there. At an upgrade of Vert.x, of
 * vertx-proton, proton-j or the RabbitMQ client this fails first, with the name of what is missing.
 */
class InternalsTest {

    private static final Path PAGE = Path.of("src/site/markdown/internals.md");
    private static final Path SOURCES = Path.of("src/main/java");

    /**
     * What is no public API of a library by the name of its package, and what of the JDK has no module that exports it.
     */
    private static final Pattern INTERNAL =
            Pattern.compile("(?!java\\.|dev\\.busbar\\.)(.*\\.(impl|internal)\\..*|sun\\..*|com\\.sun\\..*)");

    private static final Pattern ROW = Pattern.compile("\\| `([\\w.$]+)` \\|([^|]*)\\|([^|]*)\\|[^|]+\\|[^|]+\\|");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.busbar");

    private static final Map<String, List<Class<?>>> FAMILIES = new HashMap<>();

    /** A foreign class, its members that are used, and the packages below {@code dev.busbar} that do so. */
    record Use(String type, TreeSet<String> members, TreeSet<String> packages) {

        Use(String type) {
            this(type, new TreeSet<>(), new TreeSet<>());
        }

        /** As a row of the page begins. */
        @Override
        public String toString() {
            return "| `" + type + "` |" + (members.isEmpty() ? " " : " `" + String.join("` `", members) + "` ") + "| "
                    + String.join(", ", packages) + " |";
        }
    }

    static Stream<Use> listed() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> {
                    var use = new Use(row.group(1));
                    SPAN.matcher(row.group(2)).results().forEach(it -> use.members.add(it.group(1)));
                    use.packages.addAll(List.of(row.group(3).strip().split(", ")));
                    return use;
                });
    }

    @Test
    void thePageListsAllThatIsUsed() throws IOException {
        assertThat(listed().map(Use::toString))
                .as("write %s as it is used", PAGE)
                .containsExactlyInAnyOrderElementsOf(
                        used().values().stream().map(Use::toString).toList());
    }

    private static Map<String, Use> used() throws IOException {
        var used = new TreeMap<String, Use>();
        for (var type : MAIN) {
            type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .map(JavaClass::getBaseComponentType)
                    .filter(target -> isInternal(target.getName()))
                    .forEach(target -> use(used, target.getName(), type.getPackageName()));
            type.getAccessesFromSelf()
                    .forEach(access -> declaring(access.getTarget())
                            .ifPresent(owner -> use(used, owner, type.getPackageName())
                                    .members
                                    .add(access.getTarget().getName())));
        }
        try (var files = Files.walk(SOURCES)) {
            for (var file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                var text = Files.readString(file);
                var group = SOURCES.relativize(file.getParent()).toString().replace('/', '.');
                IMPORT.matcher(text)
                        .results()
                        .map(it -> it.group(1) + "." + it.group(2))
                        .filter(InternalsTest::isInternal)
                        .forEach(type -> use(used, type, group));
                lookups(text)
                        .forEach((type, members) ->
                                use(used, type, group).members.addAll(members));
            }
        }
        return used;
    }

    private static Use use(Map<String, Use> used, String type, String by) {
        var use = used.computeIfAbsent(type, Use::new);
        use.packages.add(by.replace("dev.busbar.", ""));
        return use;
    }

    private static boolean isInternal(String type) {
        return INTERNAL.matcher(type).matches();
    }

    /** The internal class that has the member, even where it is called through one that extends it. */
    private static Optional<String> declaring(AccessTarget target) {
        return FAMILIES.computeIfAbsent(target.getOwner().getName(), InternalsTest::familyWithInternals).stream()
                .filter(type -> declares(type, target)
                        && (!target.getName().equals("<init>")
                                || type.getName().equals(target.getOwner().getName())))
                .map(Class::getName)
                .filter(InternalsTest::isInternal)
                .findFirst();
    }

    /** Empty where there is none, as mostly. */
    private static List<Class<?>> familyWithInternals(String name) {
        var family = family(load(name));
        return family.stream().anyMatch(type -> isInternal(type.getName())) ? family : List.of();
    }

    private static boolean declares(Class<?> type, AccessTarget target) {
        if (target instanceof AccessTarget.CodeUnitAccessTarget called) {
            var parameters = called.getRawParameterTypes().stream()
                    .map(JavaClass::getName)
                    .toList();
            var named = called.getName().equals("<init>")
                    ? Stream.<Executable>of(type.getDeclaredConstructors())
                    : Stream.of(type.getDeclaredMethods())
                            .filter(it -> it.getName().equals(called.getName()))
                            .map(it -> (Executable) it);
            return named.anyMatch(it -> Stream.of(it.getParameterTypes())
                    .map(Class::getName)
                    .toList()
                    .equals(parameters));
        }
        return Stream.of(type.getDeclaredFields()).anyMatch(it -> it.getName().equals(target.getName()));
    }

    /** {@code null} for what is an array. */
    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, InternalsTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static final Pattern IMPORT = Pattern.compile("(?m)^import ([\\w.]+)\\.(\\w+);");
    private static final Pattern FOR_NAME = Pattern.compile("(?:var (\\w+) = )?Class\\.forName\\(\\s*\"([\\w.$]+)\"");
    private static final Pattern LOOKUP = Pattern.compile("\\b(\\w+)(?:\\.class)?,\\s+\"(\\w+)\",\\s+[A-Z]");
    private static final Pattern REFLECTION =
            Pattern.compile("\\b(\\w+)\\s*\\.get(?:Method|Field|DeclaredMethod|DeclaredField)\\(\"(\\w+)\"");

    /** What a source looks up by name. */
    private static Map<String, Set<String>> lookups(String source) {
        var named = new TreeMap<String, String>();
        IMPORT.matcher(source).results().forEach(it -> named.put(it.group(2), it.group(1) + "." + it.group(2)));
        var found = new TreeMap<String, Set<String>>();
        FOR_NAME.matcher(source).results().filter(it -> isInternal(it.group(2))).forEach(it -> {
            found.put(it.group(2), new TreeSet<>());
            if (it.group(1) != null) {
                named.put(it.group(1), it.group(2));
            }
        });
        Stream.of(LOOKUP, REFLECTION)
                .flatMap(pattern -> pattern.matcher(source).results())
                .filter(it -> isInternal(named.getOrDefault(it.group(1), "")))
                .forEach(it -> found.computeIfAbsent(named.get(it.group(1)), x -> new TreeSet<>())
                        .add(it.group(2)));
        return found;
    }

    @ParameterizedTest
    @MethodSource("listed")
    void whatThePageListsIsThere(Use use) throws Exception {
        var type = Class.forName(use.type, false, InternalsTest.class.getClassLoader());

        assertThat(names(type)).as(use.type).containsAll(use.members);
    }

    private static Set<String> names(Class<?> type) {
        var names = new TreeSet<String>();
        names.add("<init>");
        for (var at : family(type)) {
            Stream.of(at.getDeclaredMethods(), at.getDeclaredFields())
                    .flatMap(Stream::<Member>of)
                    .map(Member::getName)
                    .forEach(names::add);
        }
        return names;
    }

    /** Itself, and all that it inherits from. */
    private static List<Class<?>> family(Class<?> type) {
        var family = new ArrayList<Class<?>>();
        if (type != null) {
            family.add(type);
            family.addAll(family(type.getSuperclass()));
            Stream.of(type.getInterfaces()).forEach(it -> family.addAll(family(it)));
        }
        return family;
    }

    static Stream<String> lookingUp() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            var classes = new TreeSet<String>();
            for (var file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).contains("MethodHandles.privateLookupIn")) {
                    classes.add(SOURCES.relativize(file)
                            .toString()
                            .replace(".java", "")
                            .replace('/', '.'));
                }
            }
            return classes.stream();
        }
    }

    /** Fields and methods that are not public, with their types: looked up once, as a class begins. */
    @ParameterizedTest
    @MethodSource("lookingUp")
    void whatIsLookedUpIsThere(String type) throws Exception {
        Class.forName(type, true, InternalsTest.class.getClassLoader());
    }
}
