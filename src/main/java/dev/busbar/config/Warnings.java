package dev.busbar.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is allowed, but probably not meant. */
final class Warnings {

    /** RabbitMQ's, unless it is told otherwise. */
    private static final Duration CONSUMER_TIMEOUT = Duration.ofMinutes(30);

    private static final String DELIVERY_LIMIT = "x-delivery-limit";
    /** A queue's, on RabbitMQ 4. */
    private static final String OWN_TIMEOUT = "x-consumer-timeout";

    private final BusbarConfig config;
    private final List<Problem> warnings = new ArrayList<>();

    private Warnings(BusbarConfig config) {
        this.config = config;
    }

    static List<Problem> of(BusbarConfig config) {
        Warnings them = new Warnings(config);
        them.broker(config.broker());
        for (int i = 0; i < config.routes().size(); i++) {
            String path = "routes[" + i + "]";
            them.address(path, config.routes().get(i));
            if (config.routes().get(i) instanceof InboundRoute in) {
                them.inbound(path, in);
            } else if (config.routes().get(i) instanceof OutboundRoute out) {
                them.buffer(path + ".buffer.bytes", out.buffer());
            }
        }
        them.web(config.web(), config.wamp());
        them.wamp(config);
        them.warnings.addAll(RouteLoops.find(config.routes(), false));
        return List.copyOf(them.warnings);
    }

    /** The files that are not there; apart from the others, because they may well be elsewhere. */
    static List<Problem> files(BusbarConfig config) {
        List<Problem> warnings = new ArrayList<>();
        TlsConfig tls = config.broker().tls();
        AuthConfig auth = config.web().auth();
        Map<String, String> files = new LinkedHashMap<>();
        files.put("broker.tls.trust", tls.trust());
        files.put("broker.tls.certificate", tls.certificate());
        files.put("broker.tls.key", tls.key());
        files.put("cluster.file", config.cluster().file());
        files.put("web.auth.htpasswd", auth.htpasswd());
        files.put(
                "web.auth.jwt.publicKey", auth.jwt() == null ? null : auth.jwt().publicKey());
        files.forEach((path, file) -> {
            if (file != null && !Files.isReadable(Path.of(file))) {
                String remedy = "Check the path: " + Path.of(file).toAbsolutePath();
                warnings.add(new Problem(path, file, "is no file that can be read here", remedy));
            }
        });
        return warnings;
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
                && !rolesOfSomebody(web, wamp).containsAll(web.roles().keySet())) {
            add(
                    "web.roles",
                    null,
                    "has roles that nobody can have",
                    "Set web.auth.jwt, or give them users of web.auth.htpasswd, or name one as web.anonymous");
        }
    }

    /** Without those that a token or a file of users gives. */
    private static Set<String> rolesOfSomebody(WebConfig web, WampConfig wamp) {
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
                    "is how dates reach Buildbot masters that others of this exchange write, and Buildbot knows seconds",
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

    private void broker(BrokerConfig broker) {
        TlsConfig tls = broker.tls();
        boolean configured = tls.trust() != null || tls.certificate() != null || !tls.verifyHost();
        if (configured && broker.uris().stream().noneMatch(BrokerUri::isTls)) {
            add("broker.tls", null, "is not used: no uri has TLS", "Use amqps or amqp10s in broker.uri, or remove it");
        }
    }

    private void address(String path, RouteConfig route) {
        if (route.address().startsWith("mq:") || Names.isPattern(route.address())) {
            add(
                    path + (route instanceof InboundRoute ? ".to.address" : ".from.address"),
                    route.address(),
                    "is an event bus address like any other: there are no wildcards there, and no mq:",
                    "Write the address that handlers or senders use; filters are for from.filter and web.roles");
        }
    }

    private void inbound(String path, InboundRoute route) {
        if (config.broker().isEmbedded()) {
            embeddedQueue(path + ".from.queue", route.queue());
        } else if (mayBeRabbitMq() && route.delivery() == DeliveryMode.REQUEST) {
            consumerTimeout(path, route);
            deliveryLimit(path + ".from.queue", route);
        }
    }

    private boolean mayBeRabbitMq() {
        return config.broker().dialect() != BrokerDialect.QPID
                && config.broker().dialect() != BrokerDialect.ARTEMIS;
    }

    private void consumerTimeout(String path, InboundRoute route) {
        Duration longest = route.onFailure().longest(route.timeout());
        boolean own = route.queue().arguments().get(OWN_TIMEOUT) instanceof Number;
        Duration patience = own
                ? Duration.ofMillis(((Number) route.queue().arguments().get(OWN_TIMEOUT)).longValue())
                : CONSUMER_TIMEOUT;
        if (route.queue().type() != QueueType.STREAM && longest.compareTo(patience) > 0) {
            add(
                    path + ".timeout",
                    Durations.format(route.timeout()),
                    "lets a message be in hand for up to " + inWords(longest) + ", with "
                            + route.onFailure().attempts() + " attempts and the pauses between them. After "
                            + inWords(patience)
                            + (own ? ", as " + OWN_TIMEOUT + " says," : ", unless its consumer_timeout says otherwise,")
                            + " a RabbitMQ takes a message back and delivers it again, perhaps to another node",
                    "Make it shorter, or set onFailure.wait to broker, or onFailure.attempts or onFailure.backoff.max to"
                            + " less; or raise " + (own ? OWN_TIMEOUT : "consumer_timeout in rabbitmq.conf"));
        }
    }

    private static String inWords(Duration duration) {
        return duration.toMinutes() >= 2 ? duration.toMinutes() + " minutes" : Durations.format(duration);
    }

    /** Busbar adds no limit, and is not told what goes beyond one. */
    private void deliveryLimit(String path, InboundRoute route) {
        QueueConfig queue = route.queue();
        if (queue.type() != QueueType.QUORUM
                || !(queue.arguments().get(DELIVERY_LIMIT) instanceof Number limit)
                || limit.longValue() < 0) {
            return;
        }
        int attempts = route.onFailure().attempts();
        if (route.retriesInBroker() && queue.delaysRetries() && limit.longValue() < attempts - 1) {
            add(
                    path + ".arguments." + DELIVERY_LIMIT,
                    limit.toString(),
                    "is reached before the " + attempts + " attempts of onFailure, each of which RabbitMQ counts: it"
                            + " removes the message then, and onFailure.then does not hear of it",
                    "Remove it, which means no limit, or make it at least " + (attempts - 1));
        } else if (!queue.arguments().containsKey("x-dead-letter-exchange")) {
            add(
                    path + ".arguments." + DELIVERY_LIMIT,
                    limit.toString(),
                    "has RabbitMQ remove for good what has come back more often, by lost connections or by handlers"
                            + " slower than its consumer_timeout, and onFailure.then does not hear of it",
                    "Remove it, which means no limit, or name an x-dead-letter-exchange beside it");
        }
    }

    private void embeddedQueue(String path, QueueConfig queue) {
        if (queue.isDurable() && config.broker().embedded().inMemory()) {
            add(
                    path + ".life",
                    Types.kebab(queue.life()),
                    "promises more than the embedded broker's memory keeps: the queue is gone when this process ends",
                    "Set broker.embedded.store to a folder");
        }
        queue.arguments().keySet().stream()
                .filter(it -> it.startsWith("x-") && !it.startsWith("x-qpid-"))
                .forEach(it -> add(
                        path + ".arguments." + it,
                        null,
                        "is an argument of RabbitMQ's, which the embedded broker may refuse",
                        "Remove it, or set broker.uri to a RabbitMQ"));
    }

    private void buffer(String path, BufferConfig buffer) {
        long longest = config.broker().maxMessageBytes();
        if (buffer.bytes() < longest) {
            add(
                    path,
                    Sizes.format(buffer.bytes()),
                    "cannot hold a message of broker.maxMessageSize, " + Sizes.format(longest),
                    "Make it larger, or broker.maxMessageSize smaller");
        }
    }

    private void add(String path, String value, String message, String remedy) {
        warnings.add(new Problem(path, value, message, remedy));
    }
}
