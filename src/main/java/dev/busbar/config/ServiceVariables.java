package dev.busbar.config;

/**
 * Recognises the variables that Kubernetes, for each service, and Docker, for each link, put into the environment of a
 * container: {@code BUSBAR_PORT=tcp://10.96.12.7:8080} for a service named busbar, and others that begin alike.
 */
final class ServiceVariables {

    private ServiceVariables() {}

    /** @throws InvalidConfigException if the value looks like one of these variables */
    static void refuse(Object raw) {
        Types.require(
                !(raw instanceof String text) || !text.matches("(?i)(tcp|udp|sctp)://\\S*"),
                raw,
                "is the address of a service, as Kubernetes and Docker put it into variables whose names end with"
                        + " _PORT",
                "Use a variable of another name, or set enableServiceLinks: false for the pod");
    }
}
