package dev.busbar.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * ActiveMQ Classic in a JVM of its own, on the same port and store after each start. Log: {@code target/activemq/<pid
 * of the test JVM>-<number>.log}. It ends with the test JVM.
 */
public final class ActiveMqNode extends BrokerJvm {

    private BufferedReader answers;
    private PrintStream commands;

    private ActiveMqNode(String folder) {
        super("activemq", ActiveMqMain.class, folder);
    }

    /** A broker that is running and keeps everything in memory. */
    public static ActiveMqNode inMemory() {
        return started("");
    }

    /** A broker that is running. @param folder of its store */
    public static ActiveMqNode durable(Path folder) {
        return started(folder.toString());
    }

    private static ActiveMqNode started(String folder) {
        var node = new ActiveMqNode(folder);
        node.start();
        return node;
    }

    @Override
    protected void awaitReady(Process started) throws IOException {
        answers = started.inputReader(StandardCharsets.UTF_8);
        commands = new PrintStream(started.getOutputStream(), true, StandardCharsets.UTF_8);
        answer();
    }

    private synchronized String ask(String command) {
        try {
            commands.println(command);
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer() throws IOException {
        for (var line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(ActiveMqMain.ANSWER)) {
                var text = line.substring(ActiveMqMain.ANSWER.length());
                if (text.startsWith(ActiveMqMain.FAILURE)) {
                    throw new IllegalStateException(text);
                }
                return text;
            }
        }
        throw doesNotAnswer();
    }

    public void createQueue(String name) {
        ask("create " + name);
    }

    public void deleteQueue(String name) {
        ask("delete " + name);
    }

    /** All queues and topics that are not the broker's own or temporary, with the numbers of their messages. */
    public Map<String, Long> destinations() {
        var all = ask("destinations");
        return all.isEmpty()
                ? Map.of()
                : Arrays.stream(all.split(" "))
                        .map(it -> it.split("="))
                        .collect(Collectors.toMap(
                                it -> it[0], it -> Long.valueOf(it[1]), (one, other) -> one, TreeMap::new));
    }

    /** How many consumers a queue has. */
    public int consumers(String queue) {
        return Integer.parseInt(ask("consumers " + queue));
    }

    @Override
    public String uri() {
        return "amqp10://guest:guest@127.0.0.1:" + port();
    }
}
