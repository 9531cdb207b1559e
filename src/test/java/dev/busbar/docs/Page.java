package dev.busbar.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, in Markdown. */
record Page(Path file, List<String> lines) {

    private static final Pattern FENCE = Pattern.compile("\\s*(?:```|~~~)\\s*(\\S*).*");
    private static final Pattern MARK = Pattern.compile("<!-- (prints|not run): (\\S.*) -->");
    private static final Pattern SPAN = Pattern.compile("(?<!`)`([^`\n]+(?:\n[^`\n]+)?)`(?!`)");
    private static final Pattern LOCAL = Pattern.compile("(?<=[(<])http://127\\.0\\.0\\.1[^)>]*");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    /** All of them: the README, what is beside it, the guide, and what is beside the configurations. */
    static List<Page> all() {
        return Stream.of(".", "conf", "src/site/markdown")
                .map(Path::of)
                .flatMap(folder -> markdown(folder, folder.equals(Path.of(".")) ? 1 : 5).stream())
                .map(Path::normalize)
                .sorted()
                .map(Page::of)
                .toList();
    }

    /** From the working directory. */
    static Page of(Path file) {
        try {
            return new Page(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> markdown(Path folder, int depth) {
        try (var files = Files.walk(folder, depth)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The examples, in order. */
    List<Block> blocks() {
        var blocks = new ArrayList<Block>();
        var marks = new HashMap<String, List<String>>();
        for (int i = 0; i < lines.size(); i++) {
            var fence = FENCE.matcher(lines.get(i));
            var mark = MARK.matcher(lines.get(i));
            if (fence.matches()) {
                var end = i + 1;
                while (end < lines.size() && !FENCE.matcher(lines.get(end)).matches()) {
                    end++;
                }
                if (end == lines.size()) {
                    throw new IllegalStateException(file + ":" + (i + 1) + " is never closed");
                }
                var text = String.join("\n", lines.subList(i + 1, end)).stripIndent();
                blocks.add(new Block(this, i + 1, end + 1, fence.group(1), Map.copyOf(marks), text));
                i = end;
                marks.clear();
            } else if (mark.matches()) {
                marks.computeIfAbsent(mark.group(1), x -> new ArrayList<>()).add(mark.group(2));
            } else if (!lines.get(i).isBlank()) {
                marks.clear();
            }
        }
        return blocks;
    }

    /** The lines outside of fences; those inside are empty. */
    List<String> prose() {
        var prose = new ArrayList<>(lines);
        for (var block : blocks()) {
            prose.subList(block.line() - 1, block.end()).replaceAll(line -> "");
        }
        return prose;
    }

    /** What stands in single backquotes. */
    List<String> spans() {
        return SPAN.matcher(String.join("\n", prose()))
                .results()
                .map(it -> it.group(1).replace('\n', ' '))
                .toList();
    }

    /** What is to be typed into a shell, line by line. */
    Stream<String> commandLines() {
        var fenced = blocks().stream()
                .filter(block -> block.language().equals("sh"))
                .flatMap(block -> CommandLines.of(block).stream());
        return Stream.concat(fenced, indentedExamples().stream().map(String::strip));
    }

    /** Lines that Markdown takes for code because of where they begin; not those that go on with a list. */
    List<String> indentedExamples() {
        var found = new ArrayList<String>();
        var list = false;
        var after = "";
        for (var line : prose()) {
            list = line.matches(" *([-*]|\\d+\\.) .*") || list && !line.matches("\\S.*");
            if (line.startsWith("    ") && !line.isBlank() && !list && after.isBlank()) {
                found.add(line);
            }
            after = line;
        }
        return found;
    }

    /** What it links to on this machine. */
    Stream<String> localAddresses() {
        return LOCAL.matcher(String.join("\n", prose())).results().map(MatchResult::group);
    }

    /** The targets of links, as written. */
    List<String> links() {
        return LINK.matcher(String.join("\n", prose()))
                .results()
                .map(it -> it.group(1))
                .toList();
    }

    /** The names of headings in links, as GitHub makes them. */
    List<String> anchors() {
        return prose().stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
