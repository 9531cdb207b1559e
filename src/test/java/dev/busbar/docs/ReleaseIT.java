package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.launch.Command;
import dev.busbar.testing.Requirement;
import dev.busbar.testing.Slow;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code mvn -Prelease} makes in a folder with nothing but the sources: all that Maven Central asks for. */
@Slow
@Timeout(600)
class ReleaseIT {

    private static final String SNAPSHOT = "0.1.0-SNAPSHOT";
    private static final String VERSION = "0.1.0";
    private static final Duration BUILDING = Duration.ofMinutes(4);

    private static final List<String> SOURCES =
            List.of("pom.xml", "LICENSE", "src/main", "src/site", "conf", "webroot");

    @TempDir
    private static Path folder;

    private static Path released;

    @BeforeEach
    void build() throws Exception {
        Requirement.command("mvn", "maven").orSkip();
        if (released == null) {
            released = built("one");
        }
    }

    private static Path built(String name) throws Exception {
        var checkout = Files.createDirectories(folder.resolve(name));
        for (var source : SOURCES) {
            copy(Path.of(source), checkout);
        }
        var pom = checkout.resolve("pom.xml");
        Files.writeString(pom, Files.readString(pom).replace(SNAPSHOT, VERSION));
        try (var maven = Command.start("mvn -B -ntp -Prelease", shell -> shell.directory(checkout.toFile()))) {
            assertThat(maven.exit(BUILDING)).as(maven.out() + maven.err()).isZero();
            assertThat(maven.out().lines()).noneMatch(line -> line.startsWith("[WARNING]"));
        }
        return checkout.resolve("target/release/dev/busbar/busbar").resolve(VERSION);
    }

    private static void copy(Path source, Path to) throws IOException {
        try (var files = Files.walk(source)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = to.resolve(file.toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static Path file(String ending) {
        return released.resolve("busbar-" + VERSION + ending);
    }

    @Test
    void allIsThereWithItsChecksums() throws Exception {
        var made = contents(released).keySet();

        assertThat(made.stream().filter(name -> !name.matches(".*\\.(md5|sha1)")))
                .containsExactlyInAnyOrder(
                        "busbar-0.1.0.jar", "busbar-0.1.0.pom", "busbar-0.1.0-javadoc.jar", "busbar-0.1.0-sources.jar");
        for (var ending : List.of(".jar", ".pom", "-javadoc.jar", "-sources.jar")) {
            var bytes = Files.readAllBytes(file(ending));
            assertThat(file(ending + ".sha1")).hasContent(digest("SHA-1", bytes));
            assertThat(file(ending + ".md5")).hasContent(digest("MD5", bytes));
        }
    }

    private static String digest(String algorithm, byte[] bytes) throws Exception {
        var digest = MessageDigest.getInstance(algorithm);
        return String.format("%0" + 2 * digest.getDigestLength() + "x", new BigInteger(1, digest.digest(bytes)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "groupId",
                "artifactId",
                "version",
                "name",
                "description",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "developers/developer/organization",
                "scm/connection",
                "scm/developerConnection",
                "scm/url",
                "issueManagement/url"
            })
    void thePomSays(String element) throws Exception {
        var pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file(".pom").toFile());
        var text = XPathFactory.newInstance().newXPath().evaluate("/project/" + element, pom);

        assertThat(text).isNotBlank().doesNotContain("SNAPSHOT");
    }

    @Test
    void thePomNamesNoSnapshot() throws IOException {
        assertThat(file(".pom")).content().doesNotContain("-SNAPSHOT<");
    }

    @Test
    void theJarsHoldWhatTheirNamesSay() throws IOException {
        assertThat(entries(file(".jar")))
                .contains("dev/busbar/route/BridgeVerticle.class", "dev/busbar/launch/busbar.yaml")
                .noneMatch(name -> name.startsWith("io/"));
        assertThat(entries(file("-sources.jar"))).contains("dev/busbar/route/BridgeVerticle.java");
        var documented = PublicApi.names().stream()
                .map(name -> name.replace('.', '/') + ".html")
                .toList();
        assertThat(entries(file("-javadoc.jar")).stream()
                        .filter(name -> name.matches("dev/busbar/(\\w+/)*[A-Z]\\w+\\.html")))
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    private static List<String> entries(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }

    @Test
    void anotherFolderGivesTheSameBytes() throws Exception {
        var other = contents(built("another/one"));

        assertThat(other).containsExactlyEntriesOf(contents(released));
    }

    /** By name, a digest for each, without what the repository itself says of its versions. */
    private static Map<String, String> contents(Path repository) throws Exception {
        var contents = new TreeMap<String, String>();
        try (Stream<Path> files = Files.list(repository)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.getFileName().toString(), digest("SHA-256", Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
