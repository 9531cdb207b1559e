package dev.busbar.launch;

/** Logs to standard error, so that standard output is what a command was asked for. */
final class Logging {

    private Logging() {}

    /**
     * To be called before the first logger is made; what {@code -D} says goes first.
     *
     * @param service whether what runs has nobody else to tell what happens; a command says itself how it went
     */
    static void configure(boolean service) {
        setUnlessSet("busbar.log", service ? "INFO" : "ERROR");
        setUnlessSet("logback.configurationFile", "dev/busbar/launch/logback.xml");
        setUnlessSet("hazelcast.logging.type", "slf4j");
        setUnlessSet("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
