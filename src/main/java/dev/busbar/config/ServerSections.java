package dev.busbar.config;

/** What is common to the ports Busbar itself opens. */
final class ServerSections {

    static final Type<Integer> PORT = Types.integer(0, 65535);
    static final Type<String> ADDRESS = Types.text(
            "host or IP address",
            "127.0.0.1",
            it -> it.matches("[^\\s/\\[\\]@]+"),
            "is not a host or IP address",
            "Write e.g. 127.0.0.1 or ::1, without port and brackets");

    static final Key<String> HOST = Key.of("host", ADDRESS, "127.0.0.1", "The network address to listen on.");

    private ServerSections() {}
}
