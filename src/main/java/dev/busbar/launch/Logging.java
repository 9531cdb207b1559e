package dev.busbar.launch;

/** Sets up the log. It goes to standard error, so that standard output holds only the result of a command. */
final class Logging {

    private Logging() {}

    /**
     * Sets the system properties that the logging libraries read, except those that {@code -D} has set already. Must be
     * called before the first logger is created.
     *
     * @param service {@code true} for {@code run}, which logs what happens; other commands log errors only
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
