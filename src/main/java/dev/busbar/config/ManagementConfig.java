package dev.busbar.config;

/** The port for machines: health and metrics. Port 0 takes a free one. */
public record ManagementConfig(boolean enabled, String host, int port) {

    public ManagementConfig {
        ServerSections.HOST.check(host);
        ServerSections.MANAGEMENT_PORT.check(port);
    }
}
