package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An example that is not found would never be run. */
class PageTest {

    @Test
    void findsExamplesWithTheirLanguagesAndMarks() {
        var blocks = page("""
                Text.
                <!-- prints: one -->
                <!-- prints: two -->
                ```java
                // code
                ```
                <!-- not run: a picture -->

                ~~~
                A -> B
                ~~~
                1. In a list:
                   ``` sh title
                   ls
                     -l
                   ```
                """).blocks();

        assertThat(blocks).extracting(Block::language).containsExactly("java", "", "sh");
        assertThat(blocks).extracting(Block::text).containsExactly("// code", "A -> B", "ls\n  -l");
        assertThat(blocks).extracting(Block::line).containsExactly(4, 9, 13);
        assertThat(blocks).extracting(Block::isExcused).containsExactly(false, true, false);
        assertThat(blocks.get(0).prints()).containsExactly("one", "two");
    }

    @Test
    void marksAreForTheExampleThatFollowsThemAtOnce() {
        var blocks = page("""
                <!-- not run: this text -->
                Text.
                ```sh
                ls
                ```
                """).blocks();

        assertThat(blocks).singleElement().matches(block -> !block.isExcused());
    }

    @Test
    void findsWhatIsCodeBecauseItIsIndented() {
        var page = page("""
                Text:

                    ls
                    pwd

                - a point

                    that goes on
                - another

                Text that
                    goes on.
                """);

        assertThat(page.indentedExamples()).containsExactly("    ls");
    }

    @Test
    void aFenceThatIsNeverClosedIsToldWithItsLine() {
        var page = page("Text.\n```sh\nls\n");

        assertThatThrownBy(page::blocks).hasMessageContaining("page.md:2");
    }

    @Test
    void spansAndLinksInsideOfExamplesAreNone() {
        var page = page("""
                A `span`, [a link](other.md#part), one
                that `goes
                on`.
                ```sh
                echo `date` [x](y)
                ```
                """);

        assertThat(page.spans()).containsExactly("span", "goes on");
        assertThat(page.links()).containsExactly("other.md#part");
    }

    private static Page page(String text) {
        return new Page(Path.of("page.md"), List.of(text.split("\n")));
    }
}
