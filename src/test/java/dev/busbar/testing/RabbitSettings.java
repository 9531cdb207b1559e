package dev.busbar.testing;

import static java.util.function.Predicate.not;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a RabbitMQ node of the tests differs from a plain one, which speaks AMQP 0-9-1 and 1.0 on one port.
 *
 * @param tls listens for TLS too
 * @param clientCertificate TLS clients must show one of {@link TlsFiles#client}
 * @param external clients may log in by their certificate, as the user its common name says
 * @param plugins enabled besides
 * @param configuration further lines of {@code rabbitmq.conf}
 * @param addresses it listens at besides loopback, on the same port
 */
public record RabbitSettings(
        boolean tls,
        boolean clientCertificate,
        boolean external,
        List<String> plugins,
        Map<String, String> configuration,
        List<String> addresses) {

    /** Costs a node no time worth measuring; part of the broker, and a plugin without content, from RabbitMQ 4 on. */
    private static final String AMQP_1_0 = "rabbitmq_amqp1_0";

    public static final RabbitSettings PLAIN =
            new RabbitSettings(false, false, false, List.of(AMQP_1_0), Map.of(), List.of());

    public RabbitSettings {
        plugins = List.copyOf(plugins);
        configuration = Map.copyOf(configuration);
        addresses = List.copyOf(addresses);
    }

    public RabbitSettings withTls() {
        return new RabbitSettings(true, clientCertificate, external, plugins, configuration, addresses);
    }

    public RabbitSettings withClientCertificate() {
        return new RabbitSettings(true, true, external, plugins, configuration, addresses);
    }

    public RabbitSettings withExternal() {
        return new RabbitSettings(true, true, true, plugins, configuration, addresses);
    }

    /** As RabbitMQ 3 is when it has just been installed. */
    public RabbitSettings withoutAmqp10() {
        return new RabbitSettings(
                tls,
                clientCertificate,
                external,
                plugins.stream().filter(not(AMQP_1_0::equals)).toList(),
                configuration,
                addresses);
    }

    public RabbitSettings withPlugin(String plugin) {
        List<String> more = new ArrayList<>(plugins);
        more.add(plugin);
        return new RabbitSettings(tls, clientCertificate, external, more, configuration, addresses);
    }

    public RabbitSettings with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(configuration);
        more.put(key, value);
        return new RabbitSettings(tls, clientCertificate, external, plugins, more, addresses);
    }

    public RabbitSettings at(String address) {
        List<String> more = new ArrayList<>(addresses);
        more.add(address);
        return new RabbitSettings(tls, clientCertificate, external, plugins, configuration, more);
    }

    /** The content of {@code enabled_plugins}, an Erlang term. */
    String enabledPlugins() {
        List<String> enabled = new ArrayList<>(plugins);
        if (external) {
            enabled.add("rabbitmq_auth_mechanism_ssl");
        }
        return enabled + ".\n";
    }

    /** The content of {@code rabbitmq.conf}. */
    String configuration(int port, int tlsPort) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("listeners.tcp.default", "127.0.0.1:" + port);
        for (String address : addresses) {
            lines.put("listeners.tcp." + address.replace('.', '_'), address + ":" + port);
        }
        lines.put("loopback_users", "none");
        lines.put("disk_free_limit.absolute", "1MB");
        lines.put("log.console", "false");
        if (tls) {
            TlsFiles files = TlsFiles.get();
            lines.put("listeners.ssl.default", "127.0.0.1:" + tlsPort);
            lines.put("ssl_options.cacertfile", files.ca().toString());
            lines.put("ssl_options.certfile", files.server().certificate().toString());
            lines.put("ssl_options.keyfile", files.server().key().toString());
            lines.put("ssl_options.verify", clientCertificate ? "verify_peer" : "verify_none");
            lines.put("ssl_options.fail_if_no_peer_cert", Boolean.toString(clientCertificate));
        }
        if (external) {
            lines.put("auth_mechanisms.1", "PLAIN");
            lines.put("auth_mechanisms.2", "AMQPLAIN");
            lines.put("auth_mechanisms.3", "EXTERNAL");
            lines.put("ssl_cert_login_from", "common_name");
        }
        lines.putAll(configuration);
        StringBuilder text = new StringBuilder();
        lines.forEach(
                (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        return text.toString();
    }
}
