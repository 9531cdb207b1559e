package dev.busbar.launch;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes command lines that run Busbar from the current folder, ready to be pasted into a shell. */
final class Invocation {

    private static final Path JAR = Path.of("target/busbar.jar");

    private Invocation() {}

    /** Returns the command line of a command with its options and arguments, quoted for the shell where needed. */
    static String of(List<String> options, String command, String... arguments) {
        var words = new ArrayList<>(List.of(command));
        words.addAll(options);
        words.addAll(List.of(arguments));
        var jar = jar();
        return jar == null ? byMaven(words) : "java -jar " + jar + " " + quoted(words.stream());
    }

    /**
     * Returns the jar this process runs from, or else the one that the build makes; {@code null} if there is neither.
     */
    private static Path jar() {
        try {
            var source = Path.of(Invocation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isRegularFile(source)) {
                var here = Path.of("").toAbsolutePath();
                return source.startsWith(here) ? here.relativize(source) : source;
            }
        } catch (URISyntaxException | RuntimeException e) {
            // The classes are not loaded from files.
        }
        return Files.isRegularFile(JAR) ? JAR : null;
    }

    private static String byMaven(List<String> words) {
        return "mvn -q exec:java -Dexec.args=\"" + quoted(words.stream()).replace("\"", "\\\"") + "\"";
    }

    private static String quoted(Stream<String> words) {
        return words.map(word -> word.matches("[A-Za-z0-9._/:@=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
