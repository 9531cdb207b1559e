package dev.busbar.deploy;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads {@code conf/container/Containerfile}. It knows the instructions that the file uses, in the forms that the file
 * uses, and refuses all others, so that nothing in the file goes untested.
 *
 * @param instructions all of them, in order
 */
record Containerfile(List<Instruction> instructions) {

    static final Path FILE = Path.of("conf/container/Containerfile");

    private static final Pattern HEALTHCHECK = Pattern.compile("((?:--[a-z-]+=\\S+ )+)CMD (\\[.*])");
    private static final Pattern COPY = Pattern.compile("--chmod=644 (\\S+) (\\S+)");

    /** A keyword and what stands behind it, on one line. */
    record Instruction(String keyword, String text) {

        Instruction {
            var form = switch (keyword) {
                case "ARG" -> "[A-Z]+=\\S+";
                case "FROM" -> "\\$\\{[A-Z]+}";
                case "LABEL" -> "(?:[a-z.]+=\"[^\"$]*\"\\s*)+";
                case "WORKDIR" -> "/[a-z/]+";
                case "COPY" -> COPY.pattern();
                case "RUN" -> "[^\\[-].*";
                case "USER" -> "[1-9]\\d*:[1-9]\\d*";
                case "EXPOSE" -> "\\d+( \\d+)*";
                case "HEALTHCHECK" -> HEALTHCHECK.pattern();
                case "VOLUME", "ENTRYPOINT", "CMD" -> "\\[\".*\"]";
                default -> throw new IllegalArgumentException(keyword + " is not known to this test");
            };
            if (!text.matches(form)) {
                throw new IllegalArgumentException(keyword + " " + text + " has a form that is not known to this test");
            }
        }

        /** The words of the exec form. */
        List<String> words() {
            var json = keyword.equals("HEALTHCHECK") ? HEALTHCHECK.matcher(text).replaceFirst("$2") : text;
            return new JsonArray(json).stream().map(String.class::cast).toList();
        }

        /** Source and target of a {@code COPY}, which anybody may read. */
        List<String> copied() {
            var copy = COPY.matcher(text);
            if (!copy.matches()) {
                throw new IllegalStateException(text);
            }
            return List.of(copy.group(1), copy.group(2));
        }
    }

    static Containerfile read() {
        try {
            var instructions = new ArrayList<Instruction>();
            var joined = Files.readString(FILE).replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n\\s*", "");
            for (var line : joined.split("\n")) {
                if (!line.isBlank()) {
                    var words = line.split(" ", 2);
                    instructions.add(new Instruction(words[0], words[1].strip()));
                }
            }
            return new Containerfile(List.copyOf(instructions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one instruction of this kind. */
    Instruction only(String keyword) {
        var found =
                instructions.stream().filter(it -> it.keyword().equals(keyword)).toList();
        if (found.size() != 1) {
            throw new IllegalStateException(keyword + " stands there " + found.size() + " times");
        }
        return found.get(0);
    }

    /** What runs in a container that is given no command of its own. */
    List<String> command() {
        var words = new ArrayList<>(only("ENTRYPOINT").words());
        words.addAll(only("CMD").words());
        return words;
    }

    /**
     * What the build sends to the engine: the patterns of the file of what to ignore, which must be the strict kind.
     */
    static List<String> sent() throws IOException {
        var lines = Files.readAllLines(FILE.resolveSibling("Containerfile.dockerignore")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        if (!lines.get(0).equals("*") || lines.stream().skip(1).anyMatch(line -> !line.matches("![\\w./]+"))) {
            throw new IllegalStateException("ignores something else than all but single files: " + lines);
        }
        return lines.stream().skip(1).map(line -> line.substring(1)).toList();
    }
}
