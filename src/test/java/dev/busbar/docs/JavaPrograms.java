package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.launch.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Runs the Java examples: all compiled at once, each in a JVM of its own, until it has printed what it has to. What is
 * no class is put into a {@code main} that knows the {@code vertx} and the {@code config} of an application.
 */
final class JavaPrograms {

    private static final Pattern CLASS = Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");

    private static final String MAIN = """
            import dev.busbar.broker.rabbitmq.*;
            import dev.busbar.config.*;
            import dev.busbar.mq.*;
            import dev.busbar.route.*;
            import dev.busbar.topic.*;
            import io.vertx.core.*;
            import io.vertx.core.buffer.*;
            import io.vertx.core.json.*;
            import io.vertx.rabbitmq.*;
            import java.time.*;
            import java.util.*;

            public final class NAME {
                public static void main(String[] args) throws Exception {
                    var vertx = Vertx.vertx();
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> vertx.close().await()));
                    var config = new JsonObject("{\\"broker\\": {\\"uri\\": \\"amqp://localhost\\"}}");
            EXAMPLE
                }
            }
            """;

    private final Path folder;
    private final Function<String, String> here;
    private final Map<String, Block> programs;
    private final String classPath;

    /** @param here puts the broker of the test in the place of that which an example names */
    JavaPrograms(Path folder, List<Block> examples, Function<String, String> here) throws IOException {
        this(folder, examples, here, System.getProperty("java.class.path"));
    }

    JavaPrograms(Path folder, List<Block> examples, Function<String, String> here, String classPath)
            throws IOException {
        this.classPath = classPath;
        this.folder = folder;
        this.here = here;
        this.programs = examples.stream().collect(Collectors.toMap(JavaPrograms::name, it -> it));
        for (var program : programs.entrySet()) {
            Files.writeString(folder.resolve(program.getKey() + ".java"), source(program.getValue()));
        }
        compile();
    }

    /** Of its class. */
    static String name(Block example) {
        var named = CLASS.matcher(example.text());
        return named.find()
                ? named.group(1)
                : example.page().file().getFileName().toString().replaceAll("\\W", "_") + example.line();
    }

    private String source(Block example) {
        var whole = CLASS.matcher(example.text()).find()
                ? example.text()
                : MAIN.replace("NAME", name(example)).replace("EXAMPLE", example.text());
        return here.apply(whole);
    }

    private void compile() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new DiagnosticCollector<JavaFileObject>();
        try (var files = compiler.getStandardFileManager(said, null, null)) {
            var sources = programs.keySet().stream()
                    .map(name -> folder.resolve(name + ".java"))
                    .toList();
            var options = List.of(
                    "--release",
                    "17",
                    "-Xlint:all,-classfile,-path,-processing",
                    "-proc:none",
                    "-cp",
                    classPath,
                    "-d",
                    folder.toString());
            compiler.getTask(null, files, said, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        assertThat(said.getDiagnostics())
                .extracting(JavaPrograms::located)
                .as("compiled")
                .isEmpty();
    }

    private static String located(Diagnostic<? extends JavaFileObject> said) {
        return said.getSource() + ":" + said.getLineNumber() + ": " + said.getMessage(null);
    }

    /**
     * It is stopped as by Ctrl-C, and has to stop as one who has nothing to complain of.
     *
     * @return all that it has said
     */
    String run(Block example) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var line = java + " -XX:TieredStopAtLevel=1 " + name(example);
        try (var program = Command.start(
                line, shell -> shell.environment().put("CLASSPATH", folder + File.pathSeparator + classPath))) {
            Prints.expect(example, program);
            program.signal("INT");
            assertThat(program.exit()).isIn(0, 130);
            Prints.assertQuiet(program.out() + program.err());
            return program.out() + program.err();
        }
    }
}
