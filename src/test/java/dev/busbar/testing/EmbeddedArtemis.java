package dev.busbar.testing;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/**
 * ActiveMQ Artemis in this JVM, speaking AMQP 1.0 on a loopback port that stays the same through restarts. Its address
 * settings are those of {@code artemis create}: addresses and queues are created when first used, and what is rejected,
 * or has failed ten times, goes to the queue {@code DLQ}. The user {@code guest}, password {@code guest}, may do
 * everything.
 */
public final class EmbeddedArtemis implements AutoCloseable {

    private static final String DEAD_LETTERS = "DLQ";

    private final int port;
    private final SecurityConfiguration users = new SecurityConfiguration();
    private final Configuration configuration;
    private ActiveMQServer server;

    private EmbeddedArtemis(int port, Path folder) {
        this.port = port;
        this.configuration = configuration(folder);
        addUser(
                "guest",
                "guest",
                new Role("guest", true, true, true, true, true, true, true, true, true, true, true, true));
    }

    /** A broker that is running and keeps everything in memory. */
    public static EmbeddedArtemis inMemory() {
        return started(FreePort.next(), null);
    }

    /** A broker that is running and keeps what is durable in a folder. */
    public static EmbeddedArtemis durable(Path folder) {
        return started(FreePort.next(), folder);
    }

    static EmbeddedArtemis started(int port, Path folder) {
        var broker = new EmbeddedArtemis(port, folder);
        broker.start();
        return broker;
    }

    private Configuration configuration(Path folder) {
        try {
            var configuration = new ConfigurationImpl()
                    .setName("artemis-" + port)
                    .setPersistenceEnabled(folder != null)
                    .setSecurityEnabled(true)
                    .setJMXManagementEnabled(false)
                    .addAddressSetting("#", new AddressSettings().setDeadLetterAddress(SimpleString.of(DEAD_LETTERS)))
                    .addQueueConfiguration(QueueConfiguration.of(DEAD_LETTERS).setRoutingType(RoutingType.ANYCAST))
                    // Whether a test passes does not depend on how full this machine's disk is.
                    .setMaxDiskUsage(-1)
                    .addAcceptorConfiguration("amqp", "tcp://127.0.0.1:" + port + "?protocols=AMQP");
            if (folder != null) {
                configuration
                        .setJournalType(JournalType.NIO)
                        .setJournalDirectory(folder.resolve("journal").toString())
                        .setBindingsDirectory(folder.resolve("bindings").toString())
                        .setPagingDirectory(folder.resolve("paging").toString())
                        .setLargeMessagesDirectory(
                                folder.resolve("large-messages").toString());
            }
            return configuration;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives somebody else the rights of a role, wherever the rights apply. */
    public void addUser(String user, String password, Role role) {
        users.addUser(user, password);
        users.addRole(user, role.getName());
        var roles = new HashSet<>(configuration.getSecurityRoles().getOrDefault("#", Set.of()));
        roles.add(role);
        configuration.putSecurityRoles("#", roles);
    }

    /** Takes who comes without a name for somebody who is known. */
    public void takeAnonymousFor(String user) {
        users.setDefaultUser(user);
    }

    /** What holds for addresses that match, from the next start on, as {@code address-setting} of its configuration. */
    public void addSettings(String match, AddressSettings settings) {
        configuration.addAddressSetting(match, settings);
    }

    /** Starts it, again after a {@link #stop}; returns when it accepts connections. */
    public void start() {
        try {
            server = new ActiveMQServerImpl(
                    configuration, new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
            server.start();
            if (!server.waitForActivation(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Artemis does not start");
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops it, connections and all. */
    public void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    public int port() {
        return port;
    }

    public String uri() {
        return "amqp10://guest:guest@127.0.0.1:" + port;
    }

    /** The broker itself, to arrange and to look from inside; another one after each {@link #start}. */
    public ActiveMQServer server() {
        return server;
    }
}
