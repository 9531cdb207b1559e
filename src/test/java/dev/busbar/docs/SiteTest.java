package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every page of the guide can be found; {@link SiteIT} renders them. */
class SiteTest {

    private static final Path PAGES = Path.of("src/site/markdown");

    @Test
    void theNavigationLeadsToEveryPage() throws IOException {
        var navigation = Pattern.compile("<item [^>]*href=\"([\\w-]+)\\.html\"")
                .matcher(Files.readString(Path.of("src/site/site.xml")))
                .results()
                .map(item -> item.group(1) + ".md");

        assertThat(navigation).containsExactlyInAnyOrderElementsOf(pages());
    }

    @Test
    void theFirstPageLeadsToEveryOther() throws IOException {
        var pages = Stream.concat(Page.of(PAGES.resolve("index.md")).links().stream(), Stream.of("index.md"));

        assertThat(pages).containsExactlyInAnyOrderElementsOf(pages());
    }

    /** Doxia reads comments as XML does. */
    @Test
    void noCommentHasTwoHyphensInIt() throws IOException {
        for (var page : pages()) {
            assertThat(Files.readString(PAGES.resolve(page))).doesNotContainPattern("<!--(?:(?!-->)[^\n])*?--(?!>)");
        }
    }

    private static List<String> pages() throws IOException {
        try (var files = Files.list(PAGES)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
