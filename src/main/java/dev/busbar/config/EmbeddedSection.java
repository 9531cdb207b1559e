package dev.busbar.config;

import java.util.List;

final class EmbeddedSection {

    static final String MEMORY = "memory";
    static final String GUEST = "guest";

    static final Key<String> HOST =
            Key.of("host", ServerSections.ADDRESS, "127.0.0.1", "The network address to listen on.");
    static final Key<Integer> PORT = Key.of("port", ServerSections.PORT, 5672, "The AMQP port; 0 takes a free one.");
    static final Key<String> STORE = Key.of(
            "store",
            Types.path("`memory`, or a folder", "data/broker"),
            MEMORY,
            "Where messages are kept. In `memory` they are gone when this process ends; a folder keeps them.");
    static final Key<String> USER =
            Key.of("user", Types.text("text", "busbar"), GUEST, "Who may connect, with all rights.");
    static final Key<Secret> PASSWORD = Key.of("password", Types.SECRET, new Secret(GUEST), "Of that user.");

    static final Section<EmbeddedConfig> TYPE = new Section<>(
            "The embedded broker",
            "Apache Qpid Broker-J in the same process, when `broker.uri` is `embedded`. It speaks AMQP 0-9-1 and 1.0,"
                    + " so other programs can use it too.",
            List.of(
                    HOST.from(EmbeddedConfig::host),
                    PORT.from(EmbeddedConfig::port),
                    STORE.from(EmbeddedConfig::store),
                    USER.from(EmbeddedConfig::user),
                    PASSWORD.from(EmbeddedConfig::password)),
            it -> new EmbeddedConfig(it.get(HOST), it.get(PORT), it.get(STORE), it.get(USER), it.get(PASSWORD)));

    static final EmbeddedConfig DEFAULT =
            new EmbeddedConfig(HOST.fallback(), PORT.fallback(), MEMORY, GUEST, PASSWORD.fallback());

    private EmbeddedSection() {}

    /** By its spelling: a name is not looked up. */
    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d+){3}");
    }
}
