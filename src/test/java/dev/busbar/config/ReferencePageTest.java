package dev.busbar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Rewrite the page with {@code mvn test -Dtest=ReferencePageTest -Dbusbar.rewrite=true}. */
class ReferencePageTest {

    private static final Path PAGE = Path.of("src/site/markdown/configuration.md");

    @Test
    void thePageSaysWhatTheSchemaDoes() throws Exception {
        String rendered = ReferencePage.render();
        if (Boolean.getBoolean("busbar.rewrite")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, rendered);
        }

        assertThat(rendered)
                .as("rewrite it with mvn test -Dtest=ReferencePageTest -Dbusbar.rewrite=true")
                .isEqualTo(Files.readString(PAGE));
    }
}
