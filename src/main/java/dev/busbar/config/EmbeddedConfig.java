package dev.busbar.config;

/** The broker inside this JVM. */
@ConfigSection(
        title = "The embedded broker",
        intro = "Apache Qpid Broker-J in the same process, when `broker.uri` is `embedded`. It speaks"
                + " AMQP 0-9-1 and 1.0, so other programs can use it too.")
public record EmbeddedConfig(
        @ConfigKey(text = TextKind.HOST, byDefault = "127.0.0.1", doc = "The network address to listen on.")
        String host,

        @ConfigKey(range = "0 to 65535", byDefault = "5672", doc = "The AMQP port; 0 takes a free one.")
        int port,

        @ConfigKey(
                text = TextKind.STORE,
                byDefault = "memory",
                doc = "Where messages are kept. In `memory` they are lost when this process ends; a folder"
                        + " keeps them.")
        String store,

        @ConfigKey(byDefault = "guest", doc = "The user who may connect, with all rights.")
        String user,

        @ConfigKey(byDefault = "guest", doc = "The password of that user.")
        Secret password) {

    private static final String STORE_IN_MEMORY = "memory";
    private static final String DEFAULT_CREDENTIAL = "guest";

    public EmbeddedConfig {
        RecordSection.check(EmbeddedConfig.class, host, port, store, user, password);
        boolean own = !user.equals(DEFAULT_CREDENTIAL) && !password.reveal().equals(DEFAULT_CREDENTIAL);
        new Findings()
                .unless(
                        own || isLoopback(host),
                        "host",
                        host,
                        "opens the broker to other machines with the user or password that everybody knows, guest",
                        "Set user and password, or listen on 127.0.0.1",
                        "user",
                        "password")
                .raise();
    }

    /** Whether all messages are lost when this JVM ends. */
    public boolean inMemory() {
        return store.equals(STORE_IN_MEMORY);
    }

    /** Whether the host, by its spelling, is this machine only; a name is not looked up. */
    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d+){3}");
    }
}
