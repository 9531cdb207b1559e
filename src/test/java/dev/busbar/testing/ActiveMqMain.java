package dev.busbar.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.security.AuthenticationUser;
import org.apache.activemq.security.AuthorizationEntry;
import org.apache.activemq.security.AuthorizationPlugin;
import org.apache.activemq.security.DefaultAuthorizationMap;
import org.apache.activemq.security.SimpleAuthenticationPlugin;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;

/**
 * The JVM of an {@link ActiveMqNode}: says that it is ready, obeys its standard input, and ends when nobody holds that
 * any more. The users are {@code guest}, password {@code guest}, who may do everything, and {@code visitor}, password
 * {@code visitor}, who may use queues and topics that exist, and create none but temporary ones.
 */
final class ActiveMqMain {

    /** What a line begins with that is an answer: the broker may write others. */
    static final String ANSWER = "answer:";

    /** What an answer begins with if the broker refuses. */
    static final String FAILURE = "failed: ";

    private final BrokerService broker = new BrokerService();

    private ActiveMqMain(int port, String folder) throws Exception {
        broker.setBrokerName("activemq-" + port);
        broker.setUseJmx(false);
        broker.setUseShutdownHook(false);
        broker.setPersistent(!folder.isEmpty());
        broker.setSchedulerSupport(false);
        if (!folder.isEmpty()) {
            var store = new KahaDBPersistenceAdapter();
            store.setDirectory(new File(folder));
            broker.setPersistenceAdapter(store);
        }
        broker.setPlugins(new org.apache.activemq.broker.BrokerPlugin[] {users(), rights()});
        broker.addConnector("amqp://127.0.0.1:" + port);
        broker.start();
        broker.waitUntilStarted();
    }

    private static SimpleAuthenticationPlugin users() {
        return new SimpleAuthenticationPlugin(List.of(
                new AuthenticationUser("guest", "guest", "all,users"),
                new AuthenticationUser("visitor", "visitor", "users")));
    }

    private static AuthorizationPlugin rights() throws Exception {
        var map = new DefaultAuthorizationMap(List.of(
                entry(true, ">", "users", "all"),
                entry(false, ">", "users", "all"),
                entry(false, "ActiveMQ.Advisory.>", "users", "users")));
        var temporary = new org.apache.activemq.security.TempDestinationAuthorizationEntry();
        temporary.setRead("users");
        temporary.setWrite("users");
        temporary.setAdmin("users");
        map.setTempDestinationAuthorizationEntry(temporary);
        return new AuthorizationPlugin(map);
    }

    private static AuthorizationEntry entry(boolean queue, String name, String users, String creators)
            throws Exception {
        var entry = new AuthorizationEntry();
        if (queue) {
            entry.setQueue(name);
        } else {
            entry.setTopic(name);
        }
        entry.setRead(users);
        entry.setWrite(users);
        entry.setAdmin(creators);
        return entry;
    }

    public static void main(String[] arguments) throws Exception {
        var node = new ActiveMqMain(Integer.parseInt(arguments[0]), arguments.length > 1 ? arguments[1] : "");
        answer("ready");
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = input.readLine(); line != null; line = input.readLine()) {
            answer(node.answerTo(line));
        }
        Runtime.getRuntime().halt(0);
    }

    private String answerTo(String command) {
        try {
            return obey(command);
        } catch (Exception e) {
            return FAILURE + e.getMessage();
        }
    }

    private static void answer(String text) throws IOException {
        System.out.println(ANSWER + text);
        System.out.flush();
    }

    private String obey(String command) throws Exception {
        var words = command.split(" ");
        var own = broker.getBroker();
        var admin = broker.getAdminConnectionContext();
        switch (words[0]) {
            case "create" -> own.addDestination(admin, new ActiveMQQueue(words[1]), false);
            case "delete" -> own.removeDestination(admin, new ActiveMQQueue(words[1]), 0);
            case "consumers" -> {
                var found = own.getDestinationMap().get(new ActiveMQQueue(words[1]));
                return Long.toString(
                        found == null
                                ? 0
                                : found.getDestinationStatistics()
                                        .getConsumers()
                                        .getCount());
            }
            default -> {
                return own.getDestinationMap().entrySet().stream()
                        .filter(it -> isOfUsers(it.getKey()))
                        .map(it -> it.getKey().getQualifiedName() + "=" + messages(it.getValue()))
                        .collect(Collectors.joining(" "));
            }
        }
        return "done";
    }

    private static boolean isOfUsers(ActiveMQDestination destination) {
        return !destination.isTemporary() && !destination.getPhysicalName().startsWith("ActiveMQ.Advisory.");
    }

    private static long messages(Destination destination) {
        return destination.getDestinationStatistics().getMessages().getCount();
    }
}
