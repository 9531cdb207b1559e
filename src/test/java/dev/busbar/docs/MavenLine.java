package dev.busbar.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A build inside of a test would take its time again: what a Maven command names is looked up instead. */
final class MavenLine {

    private static final Set<String> PHASES =
            Set.of("compile", "test", "test-compile", "package", "verify", "install", "site");
    private static final Set<String> SWITCHES = Set.of("-q", "-o", "-B");
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|(?:[^\\s\"]|\"[^\"]*\")+");
    private static final Pattern PROPERTY = Pattern.compile("-D([\\w.]+)(?:=(.*))?");

    private static final String POM = read(Path.of("pom.xml"));
    private static final String BENCH = sources(Path.of("src/bench/java"));
    private static final String TESTS = sources(Path.of("src/test/java"));

    private MavenLine() {}

    /** Whether all that it names is there. */
    static boolean exists(String line) {
        return WORD.matcher(line).results().skip(1).map(MatchResult::group).allMatch(MavenLine::isThere);
    }

    private static boolean isThere(String word) {
        if (word.startsWith("-P")) {
            return Set.of(word.substring(2).split(",")).stream().allMatch(id -> POM.contains("<id>" + id + "</id>"));
        }
        var property = PROPERTY.matcher(word);
        if (property.matches()) {
            return isProperty(property.group(1), String.valueOf(property.group(2)));
        }
        var goal = word.split(":");
        return PHASES.contains(word)
                || SWITCHES.contains(word)
                || goal.length == 2 && POM.contains("<artifactId>" + goal[0] + "-maven-plugin</artifactId>")
                || word.equals("dependency:copy-dependencies");
    }

    private static boolean isProperty(String name, String value) {
        return switch (name) {
            case "skipTests", "skipITs", "includeScope", "outputDirectory" -> true;
            case "surefire.failIfNoSpecifiedTests" -> true;
            case "test", "it.test" -> value.equals("none") || TESTS.contains("class " + value.split("#")[0] + " ");
            case "bench" -> isBench(value.replace("\"", ""));
            default -> TESTS.contains("\"" + name + "\"") || POM.contains("<" + name + ">");
        };
    }

    /** Its options, and the names of contests. */
    private static boolean isBench(String options) {
        return Pattern.compile("[ ,]+")
                .splitAsStream(options)
                .filter(word -> !word.matches("\\d+"))
                .allMatch(word -> word.equals("--help")
                        || BENCH.contains("\"" + word + "\"")
                        || Pattern.compile("\\b" + word.toUpperCase(Locale.ROOT).replace('-', '_') + "\\b")
                                .matcher(BENCH)
                                .find());
    }

    /** Of the comparison in {@code src/bench}. */
    static boolean isBenchOption(String name) {
        return BENCH.contains("\"" + name + "\"");
    }

    private static String sources(Path folder) {
        try (var files = Files.walk(folder)) {
            var all = new StringBuilder();
            files.filter(Files::isRegularFile).forEach(file -> all.append(read(file)));
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
