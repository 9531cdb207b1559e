package dev.busbar.broker.embedded;

import dev.busbar.config.EmbeddedConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.apache.qpid.server.model.BrokerModel;

/** Translates the embedded broker's configuration into Broker-J's own: one virtual host, one port, one user. */
final class BrokerDefinition {

    /** A virtual host named {@code /} would break Derby's path. */
    static final String VIRTUAL_HOST = "default";

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private BrokerDefinition() {}

    /** Returns Broker-J's initial configuration, with the password in clear text. */
    static JsonObject of(EmbeddedConfig config, ListenAddress address) {
        return new JsonObject()
                .put("name", "busbar")
                .put("modelVersion", BrokerModel.MODEL_VERSION)
                .put("authenticationproviders", new JsonArray().add(users(config)))
                .put("ports", new JsonArray().add(port(address)))
                .put("virtualhostnodes", new JsonArray().add(config.inMemory() ? inMemory() : durable()));
    }

    /**
     * Returns Broker-J's context variables, which keep it small: its defaults suit a large server, with 72 I/O threads
     * and 256 MiB of pooled buffers.
     *
     * @param workFolder the folder for Broker-J's own files, e.g. preferences
     */
    static Map<String, String> context(Path workFolder) {
        return Map.ofEntries(
                Map.entry("qpid.work_dir", workFolder.toString()),
                // Resolved at each start, so that the store folder may be moved.
                Map.entry("busbar.store", workFolder.toString()),
                Map.entry("broker.directByteBufferPoolSize", "256"),
                Map.entry("qpid.port.amqp.threadPool.size", "2"),
                Map.entry("qpid.port.amqp.threadPool.numberOfSelectors", "1"),
                Map.entry("virtualhost.connectionThreadPool.size", Integer.toString(2 * CORES + 2)),
                Map.entry("virtualhost.connectionThreadPool.numberOfSelectors", "1"),
                // A stop waits for the next check of the memory, which by default runs once a second.
                Map.entry("qpid.compact_memory_interval", "200"),
                // As RabbitMQ has; the default of 256 would limit the routes that share a connection.
                Map.entry("qpid.port.sessionCountLimit", "2047"));
    }

    private static JsonObject users(EmbeddedConfig config) {
        JsonObject user = new JsonObject()
                .put("name", config.user())
                .put("type", "managed")
                .put("password", config.password().reveal());
        return new JsonObject()
                .put("name", "users")
                .put("type", "Plain")
                .put("secureOnlyMechanisms", new JsonArray())
                .put("users", new JsonArray().add(user));
    }

    private static JsonObject port(ListenAddress address) {
        JsonArray aliases = new JsonArray()
                .add(alias("nameAlias"))
                .add(alias("defaultAlias"))
                .add(alias("patternMatchingAlias").put("pattern", ".*").put("virtualHostNode", VIRTUAL_HOST));
        return new JsonObject()
                .put("name", "amqp")
                .put("type", "AMQP")
                .put("port", address.port())
                .put("bindingAddress", address.host().getHostAddress())
                .put("authenticationProvider", "users")
                .put("virtualhostaliases", aliases);
    }

    private static JsonObject alias(String type) {
        return new JsonObject().put("name", type).put("type", type);
    }

    private static JsonObject inMemory() {
        return virtualHostNode("Memory", new JsonObject().put("type", "Memory"));
    }

    private static JsonObject durable() {
        // "$$" because Broker-J expands variables of the node before it stores the virtual host's definition.
        JsonObject virtualHost = new JsonObject().put("type", "DERBY").put("storePath", "$${busbar.store}/messages");
        return virtualHostNode("JSON", virtualHost).put("storePath", "${busbar.store}/definitions");
    }

    private static JsonObject virtualHostNode(String type, JsonObject virtualHost) {
        return new JsonObject()
                .put("name", VIRTUAL_HOST)
                .put("type", type)
                .put("defaultVirtualHostNode", true)
                .put("virtualHostInitialConfiguration", virtualHost.encode());
    }
}
