package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.launch.Command;
import dev.busbar.testing.Requirement;
import dev.busbar.testing.Slow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The guide as {@code mvn site} renders it. */
@Slow
@Timeout(300)
class SiteIT {

    private static final Path SITE = Path.of("target/site");
    private static final Path PAGES = Path.of("src/site/markdown");
    private static final Duration RENDERING = Duration.ofMinutes(4);

    private static final Pattern HREF = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ANCHOR = Pattern.compile("(?:id|name)=\"([^\"]*)\"");

    @Test
    void everyPageIsRenderedAndEveryLinkLeadsSomewhere() throws Exception {
        Requirement.command("mvn", "maven").orSkip();
        // Doxia leaves a page as it is that is newer than its source.
        for (var earlier : Files.exists(SITE) ? named(SITE, ".html") : Set.<String>of()) {
            Files.delete(SITE.resolve(earlier + ".html"));
        }
        try (var maven = Command.start("mvn -B -ntp site", shell -> {})) {
            assertThat(maven.exit(RENDERING)).as(maven.out() + maven.err()).isZero();
            assertThat(maven.out().lines()).noneMatch(line -> line.startsWith("[WARNING]"));
        }
        var rendered = pages();
        assertThat(rendered).containsAll(named(PAGES, ".md"));
        for (var page : rendered) {
            var text = Files.readString(SITE.resolve(page + ".html"));
            assertThat(links(text))
                    .as(page)
                    .allSatisfy(link ->
                            assertThat(leadsSomewhere(page, link)).as(link).isTrue());
            assertThat(links(text)).as("the navigation of %s", page).containsAll(navigation(page, rendered));
        }
        assertThat(SITE.resolve("apidocs/dev/busbar/route/BridgeVerticle.html")).exists();
    }

    private static Set<String> pages() throws IOException {
        return named(SITE, ".html");
    }

    /** The page itself is no link. */
    private static List<String> navigation(String page, Set<String> pages) {
        return Stream.concat(
                        pages.stream().filter(it -> !it.equals(page)).map(it -> it + ".html"),
                        Stream.of("apidocs/index.html"))
                .toList();
    }

    private static TreeSet<String> named(Path folder, String ending) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> links(String html) {
        return HREF.matcher(html)
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*|#?"))
                .collect(Collectors.toSet());
    }

    private static boolean leadsSomewhere(String page, String link) {
        var parts = link.split("#", 2);
        var target = SITE.resolve(
                        parts[0].isEmpty() ? page + ".html" : URLDecoder.decode(parts[0], StandardCharsets.UTF_8))
                .normalize();
        if (!target.startsWith(SITE) || !Files.exists(target)) {
            return false;
        }
        return parts.length == 1 || anchors(target).contains(parts[1]);
    }

    private static Set<String> anchors(Path page) {
        try {
            return ANCHOR.matcher(Files.readString(page))
                    .results()
                    .map(anchor -> anchor.group(1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
