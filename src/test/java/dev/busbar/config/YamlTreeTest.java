package dev.busbar.config;

import static dev.busbar.config.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no configuration at all. */
class YamlTreeTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web: {port: 1          | 1 | line 2, column 1  | brackets",
                "web:\\n\\tport: 1      | 2 | line 2, column 1  | Indent with spaces",
                "to: {key: a.{id}.b}    | 1 | line 1, column 13 | changes.{id}.new",
                "filter: *.finished     | 1 | line 1, column 10 | begins with * in quotes",
                "host: 'a               | 1 | line 2, column 1  | quotes",
                "a: b: c                | 1 | line 1, column 5  | quotes",
            })
    void brokenSyntaxIsShownWithLineAndColumn(String text, int startLine, String where, String remedy) {
        List<Problem> problems = problems(text.replace("\\n", "\n").replace("\\t", "\t") + "\n");

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).message()).startsWith("This is not valid YAML or JSON at " + where);
        assertThat(problems.get(0).remedy()).contains(remedy);
        assertThat(problems.get(0).line()).isGreaterThanOrEqualTo(startLine);
        assertThat(problems.get(0).toString()).doesNotContain("Exception", "\n");
    }

    @Test
    void brokenSyntaxDoesNotQuoteTheSecretBesideIt() {
        assertThat(problems("broker: {embedded: {password: hunter2{}}").toString())
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web: {host: !secret x}                 | web.host | !secret ",
                "web: {host: !!python/name:os.system x} | web.host | !tag:yaml.org,2002:python/name:os.system ",
                "web: !include {port: 1}                | web      | !include ",
                "web: {port: !!binary MQ==}             | web.port | !tag:yaml.org,2002:binary ",
                "routes: !x []                          | routes   | !x ",
            })
    void aTagThatIsNotKnownIsAProblem(String text, String path, String tag) {
        assertThat(problems(text)).anySatisfy(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.message() + " ").contains("YAML tag " + tag.strip(), "not known");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web: {host: !!int localhost}     | web.host | !!int",
                "web: {host: !!bool perhaps}      | web.host | !!bool",
                "web: !!seq {port: 1}             | web      | !!seq",
                "routes: !!map []                 | routes   | !!map",
            })
    void aTagThatIsNotTrueIsAProblem(String text, String path, String tag) {
        assertThat(problems(text)).anySatisfy(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.message()).contains("YAML tag " + tag + ", but its value is of another kind");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web: !!map {port: !!int 1, host: !!str 127.0.0.1}",
                "web: {host: ! 127.0.0.1}",
                "web: {port: !!int '1'}"
            })
    void theTagsOfYamlAreNoProblem(String text) {
        assertThat(ConfigLoader.parse(text, "busbar.yaml")).isInstanceOf(LoadedConfig.Valid.class);
    }

    @Test
    void brokenJsonIsShownWithLineAndColumn() {
        LoadedConfig loaded = ConfigLoader.parse("{\n  \"web\": {\"port\": 80,}\n}", "busbar.json");

        assertThat(((LoadedConfig.Invalid) loaded).problems())
                .singleElement()
                .satisfies(it -> assertThat(it.message()).contains("line 2, column"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing but a comment\n", "---\n", "~", "null"})
    void anEmptyFileIsAProblem(String text) {
        assertThat(problems(text))
                .singleElement()
                .satisfies(it -> assertThat(it.toString()).contains("is empty", "broker: {uri: embedded}"));
    }

    @Test
    void aSecondDocumentIsAProblemAndNotIgnored() {
        assertThat(problems("web: {port: 1}\n---\nweb: {port: 2}\n"))
                .singleElement()
                .satisfies(it -> assertThat(it.toString()).contains("line 3", "second document"));
    }

    @Test
    void anAliasIsAProblemAndNotReadAsAText() {
        assertThat(problems("web: {host: &here localhost}\nmanagement: {host: *here}\n"))
                .singleElement()
                .satisfies(it -> assertThat(it.toString()).contains("line 2: management.host = *here", "\"*here\""));
    }

    @Test
    void allDuplicateKeysAreFound() {
        assertThat(problems("web: {port: 1, port: 1}\ndatetimes: iso\ndatetimes: iso\n"))
                .extracting(Problem::path)
                .containsExactly("web.port", "datetimes");
    }

    @Test
    void jsonIndentedWithTabsIsRead() {
        LoadedConfig loaded = ConfigLoader.parse("{\n\t\"web\": {\n\t\t\"port\": 80\n\t}\n}", "busbar.json");

        assertThat(loaded.orThrow().web().port()).isEqualTo(80);
    }

    @Test
    void jsonIsReadWhateverItsName() {
        assertThat(Loading.config("{\"web\": {\"port\": 80}}").web().port()).isEqualTo(80);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstKey() {
        assertThat(Loading.config("\uFEFFweb: {port: 80}").web().port()).isEqualTo(80);
    }

    @Test
    void wordsThatLookLikeBooleansAreTexts() {
        assertThat(Loading.config("exchange: {name: no}").exchange().name()).isEqualTo("no");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(only(folder.resolve("none.yaml"))).contains("does not exist", folder.toString());
    }

    @Test
    void aFolderIsNotTakenForAFile() {
        assertThat(only(folder)).contains("This is a folder", folder.toString());
    }

    @Test
    void aFileThatIsNoTextIsNamed() throws Exception {
        Path file = Files.write(folder.resolve("latin1.yaml"), "name: \u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(only(file)).contains("not UTF-8");
    }

    private static String only(Path file) {
        LoadedConfig loaded = ConfigLoader.load(file);
        assertThat(loaded.source()).isEqualTo(file.toString());
        assertThat(((LoadedConfig.Invalid) loaded).problems()).hasSize(1);
        return ((LoadedConfig.Invalid) loaded).describe();
    }
}
