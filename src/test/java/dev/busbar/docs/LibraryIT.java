package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.launch.Command;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Requirement;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Busbar as an outside Maven project has it, which names nothing but Busbar's own artifact. */
@ExtendWith(RabbitExtension.class)
@Timeout(300)
class LibraryIT {

    private static final String VERSION = "0.1.0-SNAPSHOT";
    /** Of its own each time: Maven would take one that it has seen before from its local repository. */
    private final String version = "0.1.0-" + System.nanoTime();

    private String classPath;

    private static final int MAX_JARS = 30;
    private static final long MAX_BYTES = 15_000_000;
    private static final Duration RESOLVING = Duration.ofMinutes(3);

    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>com.example</groupId>
              <artifactId>outside</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <repositories>
                <repository><id>installed</id><url>REPOSITORY</url></repository>
              </repositories>
              <dependencies>
            DEPENDENCY
              </dependencies>
              <build><plugins>
                <plugin>
                  <artifactId>maven-dependency-plugin</artifactId>
                  <version>2.8</version>
                  <configuration><outputFile>class-path</outputFile></configuration>
                </plugin>
              </plugins></build>
            </project>
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void resolve() throws Exception {
        Requirement.command("mvn", "maven").orSkip();
        classPath = resolved();
    }

    @AfterEach
    void remove() throws IOException {
        var mine = jars().filter(jar -> jar.toString().contains(version)).toList();
        for (var jar : mine) {
            try (var files = Files.list(jar.getParent())) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(jar.getParent());
        }
    }

    private Stream<Path> jars() {
        return classPath == null
                ? Stream.of()
                : Stream.of(classPath.split(File.pathSeparator)).map(Path::of);
    }

    /** As {@code mvn install} lays it out. */
    private Path installed() throws IOException {
        var artifact = folder.resolve("repository/dev/busbar/busbar").resolve(version);
        Files.createDirectories(artifact);
        var pom = Files.readString(Path.of("pom.xml"));
        assertThat(pom).containsOnlyOnce("<version>" + VERSION + "</version>");
        Files.writeString(artifact.resolve("busbar-" + version + ".pom"), pom.replace(VERSION, version));
        Files.copy(Path.of("target", "busbar-" + VERSION + ".jar"), artifact.resolve("busbar-" + version + ".jar"));
        return folder.resolve("repository");
    }

    private static String dependency() {
        return Page.all().stream()
                .filter(page -> page.file().endsWith("library.md"))
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.language().equals("xml"))
                .findFirst()
                .orElseThrow()
                .text();
    }

    /** The class path that Maven resolves for a project that depends on Busbar, as a file repository offers it. */
    private String resolved() throws IOException, InterruptedException {
        var project = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(
                project.resolve("pom.xml"),
                POM.replace("REPOSITORY", installed().toUri().toString())
                        .replace("DEPENDENCY", dependency().replace(VERSION, version)));
        try (var maven =
                Command.start("mvn -B -ntp dependency:build-classpath", shell -> shell.directory(project.toFile()))) {
            assertThat(maven.exit(RESOLVING)).as(maven.out() + maven.err()).isZero();
        }
        return Files.readString(project.resolve("class-path")).strip();
    }

    @Test
    void itBringsWhatItNeedsAndTheProgramsOfTheReadmeRunWithIt(RabbitNode node) throws Exception {
        var names = new TreeSet<>(jars().map(jar -> jar.getFileName().toString())
                .filter(name -> !name.startsWith("busbar-"))
                .toList());

        assertThat(names)
                .isEqualTo(new TreeSet<>(
                        Files.readAllLines(Path.of("src/test/resources/dev/busbar/docs/library-jars.txt"))));
        assertThat(names).hasSizeLessThanOrEqualTo(MAX_JARS);
        assertThat(jars().mapToLong(jar -> jar.toFile().length()).sum()).isLessThan(MAX_BYTES);
        assertTested(names);
        for (var page : List.of("README.md", "CHANGELOG.md", "src/site/markdown/library.md")) {
            assertThat(Files.readString(Path.of(page))).as(page).contains(names.size() + " jars");
        }

        node.addVirtualHost("library");
        var readme = Page.all().stream()
                .filter(page -> page.file().endsWith("README.md") && page.file().getNameCount() == 1)
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.language().equals("java"))
                .toList();
        assertThat(readme).hasSizeGreaterThanOrEqualTo(3);
        var uri = node.amqpUri("guest", "guest", "library");
        var programs = new JavaPrograms(
                Files.createDirectories(folder.resolve("programs")),
                readme,
                text -> text.replace("amqp://localhost", uri),
                classPath);
        for (var program : readme) {
            assertThat(programs.run(program).lines().filter(line -> !line.startsWith("SLF4J")))
                    .as("%s says nothing but what it has to print", program)
                    .containsExactlyInAnyOrderElementsOf(program.prints());
        }
    }

    /** Each is on the class path of the tests, in the same version. */
    private static void assertTested(TreeSet<String> names) {
        var here = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> Path.of(path).getFileName().toString())
                .toList();
        assertThat(here).containsAll(names);
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        try (var main = Command.start(
                "java dev.busbar.launch.Main run", shell -> shell.environment().put("CLASSPATH", classPath))) {
            assertThat(main.exit()).isEqualTo(1);
            assertThat(main.err())
                    .contains(
                            "needs info.picocli:picocli",
                            "needs ch.qos.logback:logback-classic",
                            "needs io.vertx:vertx-web",
                            "needs io.vertx:vertx-auth-jwt",
                            "needs io.vertx:vertx-auth-htpasswd",
                            "needs io.vertx:vertx-health-check",
                            "needs io.micrometer:micrometer-registry-prometheus",
                            "library.md")
                    .doesNotContain("Exception");
        }
        var embedded = new Block(
                Page.all().get(0),
                1,
                1,
                "java",
                Map.of("prints", List.of("needs org.apache.qpid:qpid-broker-core")),
                """
                vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions()
                        .setConfig(new JsonObject("{\\"broker\\": {\\"uri\\": \\"embedded\\"}, \\"routes\\": []}")))
                    .onFailure(failure -> System.out.println(failure.getMessage()));
                """);
        new JavaPrograms(
                        Files.createDirectories(folder.resolve("embedded")), List.of(embedded), text -> text, classPath)
                .run(embedded);
    }

    /** The page names each optional library with its version, and no other. */
    @Test
    void thePageNamesEveryOptionalLibrary() throws IOException {
        var pom = Files.readString(Path.of("pom.xml"));
        var direct = pom.substring(pom.indexOf("<dependencies>", pom.indexOf("</dependencyManagement>")));
        var optional = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL)
                .matcher(direct)
                .results()
                .map(match -> match.group(1))
                .filter(text -> text.contains("<optional>true") || text.contains("vertx-infinispan"))
                .map(text -> element(text, "groupId") + ":" + element(text, "artifactId"))
                .toList();
        var page = Files.readString(Path.of("src/site/markdown/library.md"));
        var named = Pattern.compile("`([a-z][\\w.]+:[\\w-]+):([\\w.-]+)`")
                .matcher(page)
                .results()
                .toList();

        assertThat(named).extracting(match -> match.group(1)).containsExactlyInAnyOrderElementsOf(optional);
        var jars = System.getProperty("java.class.path");
        assertThat(named)
                .allSatisfy(match ->
                        assertThat(jars).contains(match.group(1).split(":")[1] + "-" + match.group(2) + ".jar"));
    }

    private static String element(String text, String name) {
        var matcher = Pattern.compile("<" + name + ">(.*?)</" + name + ">").matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
