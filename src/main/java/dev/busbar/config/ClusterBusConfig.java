package dev.busbar.config;

/**
 * Where the event bus of a clustered node listens for the others. Port 0 takes a free one.
 *
 * @param publicHost where the others reach it; {@code null} for the host it listens on
 * @param publicPort {@code null} for the port it listens on
 */
public record ClusterBusConfig(String host, int port, String publicHost, Integer publicPort) {

    public ClusterBusConfig {
        ClusterSection.BUS_HOST.check(host);
        ClusterSection.BUS_PORT.check(port);
        ClusterSection.PUBLIC_HOST.check(publicHost);
        ClusterSection.PUBLIC_PORT.check(publicPort);
    }
}
