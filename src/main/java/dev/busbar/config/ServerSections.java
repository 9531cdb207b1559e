package dev.busbar.config;

import java.util.List;

/** The ports Busbar itself opens. */
final class ServerSections {

    static final Type<Integer> PORT = Types.integer(0, 65535);
    static final Type<String> ADDRESS = Types.text(
            "host or IP address",
            "127.0.0.1",
            it -> it.matches("[^\\s/\\[\\]@]+"),
            "is not a host or IP address",
            "Write e.g. 127.0.0.1 or ::1, without port and brackets");

    static final Key<String> HOST = Key.of("host", ADDRESS, "127.0.0.1", "The network address to listen on.");
    static final Key<Integer> MANAGEMENT_PORT = Key.of("port", PORT, 8081, "The port; 0 takes a free one.");
    static final Key<Boolean> MANAGED = Key.of("enabled", Types.BOOLEAN, true, "Whether it is opened.");

    static final Section<ManagementConfig> MANAGEMENT = new Section<>(
            "Management",
            "The port for machines: health and metrics.",
            List.of(
                    MANAGED.from(ManagementConfig::enabled),
                    HOST.from(ManagementConfig::host),
                    MANAGEMENT_PORT.from(ManagementConfig::port)),
            it -> new ManagementConfig(it.get(MANAGED), it.get(HOST), it.get(MANAGEMENT_PORT)));

    private ServerSections() {}
}
