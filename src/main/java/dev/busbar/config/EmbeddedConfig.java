package dev.busbar.config;

/**
 * The broker inside this JVM.
 *
 * @param host where it listens; other than loopback only with a user and password that are not {@code guest}
 * @param port the AMQP port; 0 takes a free one
 * @param store {@code memory}, or a folder where messages survive
 */
public record EmbeddedConfig(String host, int port, String store, String user, Secret password) {

    public EmbeddedConfig {
        EmbeddedSection.HOST.check(host);
        EmbeddedSection.PORT.check(port);
        EmbeddedSection.STORE.check(store);
        EmbeddedSection.USER.check(user);
        EmbeddedSection.PASSWORD.check(password);
        boolean own = !user.equals(EmbeddedSection.GUEST) && !password.reveal().equals(EmbeddedSection.GUEST);
        new Findings()
                .unless(
                        own || EmbeddedSection.isLoopback(host),
                        "host",
                        host,
                        "opens the broker to other machines with the user or password everybody knows, guest",
                        "Set user and password, or listen on 127.0.0.1",
                        "user",
                        "password")
                .raise();
    }

    /** Whether everything is gone when this JVM ends. */
    public boolean inMemory() {
        return store.equals(EmbeddedSection.MEMORY);
    }
}
