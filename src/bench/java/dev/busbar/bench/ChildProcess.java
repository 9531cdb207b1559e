package dev.busbar.bench;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Another JVM of this bench that answers each line with one of JSON, and ends with this one. */
final class ChildProcess implements AutoCloseable {

    /** Answers what it is asked, in the other JVM. */
    interface Answering {
        JsonObject to(String question) throws Exception;
    }

    private final Process process;
    private final PrintWriter questions;
    private final BufferedReader answers;

    private ChildProcess(Process process) {
        this.process = process;
        this.questions = new PrintWriter(process.outputWriter(), true);
        this.answers = process.inputReader();
    }

    static ChildProcess start(Class<?> main, List<String> jvmOptions, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new ChildProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    JsonObject ask(String question) throws IOException {
        questions.println(question);
        for (var line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(Contestant.MARK)) {
                return new JsonObject(line.substring(Contestant.MARK.length()));
            }
        }
        throw new IOException("the other JVM ended without an answer to '" + question + "'");
    }

    /** The other JVM's side, until the first ends. */
    static void serve(Answering answering) throws Exception {
        var questions = new BufferedReader(new InputStreamReader(System.in));
        for (var question = questions.readLine(); question != null; question = questions.readLine()) {
            System.out.println(Contestant.MARK + answering.to(question).encode());
        }
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
