package dev.busbar.config;

/**
 * The broker inside this JVM.
 *
 * @param port the AMQP port; 0 takes a free one
 * @param store {@code memory}, or a folder where messages survive
 */
public record EmbeddedConfig(String host, int port, String store, String user, Secret password) {

    /** Whether everything is gone when this JVM ends. */
    public boolean inMemory() {
        return store.equals("memory");
    }
}
