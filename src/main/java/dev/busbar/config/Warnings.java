package dev.busbar.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what is allowed in a configuration, but probably not meant. */
final class Warnings {

    private final BusbarConfig config;
    private final List<Problem> warnings = new ArrayList<>();

    private Warnings(BusbarConfig config) {
        this.config = config;
    }

    static List<Problem> of(BusbarConfig config) {
        Warnings found = new Warnings(config);
        found.broker("broker", config.broker());
        config.brokers().forEach((name, broker) -> found.broker("brokers." + name, broker));
        config.brokers().keySet().forEach(name -> found.unused(config, name));
        found.warnings.addAll(RouteWarnings.of(config));
        found.web(config.web(), config.wamp());
        found.wamp(config);
        found.warnings.addAll(RouteLoops.find(RouteChains.joined(config.routes()), false));
        return List.copyOf(found.warnings);
    }

    /**
     * Finds files that cannot be read. Only a configuration from a file is checked: others may be for another machine.
     */
    static List<Problem> files(BusbarConfig config) {
        List<Problem> warnings = new ArrayList<>();
        AuthConfig auth = config.web().auth();
        Map<String, String> files = new LinkedHashMap<>();
        tls("broker", config.broker().tls(), files);
        config.brokers().forEach((name, broker) -> tls("brokers." + name, broker.tls(), files));
        files.put("cluster.file", config.cluster().file());
        files.put("web.auth.htpasswd", auth.htpasswd());
        files.put(
                "web.auth.jwt.publicKey", auth.jwt() == null ? null : auth.jwt().publicKey());
        files.forEach((path, file) -> {
            if (file != null && !Files.isReadable(Path.of(file))) {
                String remedy = "Check the path: " + Path.of(file).toAbsolutePath();
                warnings.add(new Problem(path, file, "is not a readable file here", remedy));
            }
        });
        return warnings;
    }

    private static void tls(String path, TlsConfig tls, Map<String, String> files) {
        files.put(path + ".tls.trust", tls.trust());
        files.put(path + ".tls.certificate", tls.certificate());
        files.put(path + ".tls.key", tls.key());
    }

    private void web(WebConfig web, WampConfig wamp) {
        if (web.enabled() && !web.isLoopback() && web.anonymous() != null) {
            add(
                    "web.anonymous",
                    web.anonymous(),
                    "is the role of everybody who can reach " + web.host() + ", and not only of this machine",
                    "Remove it and set web.auth, or set web.host to 127.0.0.1");
        }
        boolean named =
                web.roles().values().stream().anyMatch(role -> !role.users().isEmpty());
        if (web.enabled()
                && web.auth().jwt() == null
                && !named
                && !anonymousAndWampRoles(web, wamp).containsAll(web.roles().keySet())) {
            add(
                    "web.roles",
                    null,
                    "has roles that nobody can have",
                    "Set web.auth.jwt, or give them users of web.auth.htpasswd, or name one as web.anonymous");
        }
    }

    /** Returns the roles of browsers that do not authenticate, and of WAMP clients. */
    private static Set<String> anonymousAndWampRoles(WebConfig web, WampConfig wamp) {
        Set<String> roles = new HashSet<>();
        roles.add(web.anonymous());
        if (wamp.enabled()) {
            roles.add(wamp.anonymous());
            wamp.users().values().forEach(user -> roles.add(user.role()));
        }
        return roles;
    }

    private void wamp(BusbarConfig config) {
        if (config.wamp().enabled() && config.datetimes() != DatetimeStyle.EPOCH) {
            add(
                    "datetimes",
                    Types.kebab(config.datetimes()),
                    "is how Busbar writes the dates of other publishers for Buildbot masters, but Buildbot reads seconds",
                    "Set it to epoch");
        }
        if (config.wamp().enabled()
                && !config.web().isLoopback()
                && config.wamp().anonymous() != null) {
            add(
                    "wamp.anonymous",
                    config.wamp().anonymous(),
                    "is the role of everybody who can reach " + config.web().host() + ", and not only of this machine",
                    "Let only masters reach it, or remove it and set wamp.users");
        }
    }

    private void unused(BusbarConfig config, String broker) {
        if (config.routes().stream().noneMatch(route -> broker.equals(route.broker()))) {
            add(
                    "brokers." + broker,
                    null,
                    "is not used: no route names it",
                    "Name it in from.broker or to.broker of a route, or remove it");
        }
    }

    private void broker(String path, BrokerConfig broker) {
        TlsConfig tls = broker.tls();
        boolean configured = tls.trust() != null || tls.certificate() != null || !tls.verifyHost();
        if (configured && broker.uris().stream().noneMatch(BrokerUri::isTls)) {
            add(
                    path + ".tls",
                    null,
                    "is not used: no uri has TLS",
                    "Use amqps or amqp10s in " + path + ".uri, or remove it");
        }
    }

    private void add(String path, String value, String message, String remedy) {
        warnings.add(new Problem(path, value, message, remedy));
    }
}
