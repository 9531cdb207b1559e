package dev.busbar.config;

import static dev.busbar.config.Loading.problems;
import static dev.busbar.config.Loading.routes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.of;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every single thing that can be wrong: where it is said to be, and that message and remedy name it. */
class ConfigProblemsTest {

    private static final String IN = "{name: r, from: {filter: a.b}, to: {address: x}";

    @ParameterizedTest(name = "{0}")
    @MethodSource({"keys", "values", "broker", "routesAlone", "conditions", "betweenRoutes", "places", "wamp"})
    void namesThePlaceTheThingAndTheRemedy(String yaml, String path, String message, String remedy) {
        List<Problem> problems = problems(yaml);

        assertThat(problems).extracting(Problem::path).containsExactly(path);
        assertThat(problems.get(0).message()).contains(message);
        assertThat(problems.get(0).remedy()).contains(remedy);
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                of(queue("\"a\\nb\""), "routes[0].from.queue.name", "U+000A at position 1", "Leave it out"),
                of(queue("\"a\\u001b[31m\""), "routes[0].from.queue.name", "U+001B at position 1", "Leave it out"),
                of(
                        arguments("x-dead-letter-exchange: \"a\\nb\""),
                        ARGUMENTS + "x-dead-letter-exchange",
                        "U+000A",
                        "Leave it"),
                of(arguments("mine: [{its: \"\\e[2J\"}]"), ARGUMENTS + "mine.its", "U+001B", "Leave it"),
                of(arguments("\"a\\nb\": 1"), ARGUMENTS + "a\nb", "U+000A", "Leave it"),
                of("exchange: {name: \"a\\tb\"}", "exchange.name", "U+0009", "Leave it out"),
                of("exchange: {name: \"a\\x85b\"}", "exchange.name", "U+0085", "Leave it out"),
                of("exchange: {name: \"a\\u2028b\"}", "exchange.name", "U+2028 at position 1", "Leave it out"),
                of("exchange: {name: \"a\\u202eb\"}", "exchange.name", "U+202E at position 1", "Leave it out"),
                of("exchange:\n  name: |\n    a\n", "exchange.name", "U+000A", "line break at its end"),
                of("brokre: {uri: embedded}", "brokre", "not a known key", "Did you mean broker?"),
                of("web: {prot: 1}", "web.prot", "not a known key", "Did you mean port?"),
                of("web: {colour: red}", "web.colour", "not a known key", "The keys here are enabled, host, port"),
                of("routes: [" + IN + ", on-failure: {}}]", "routes[0].on-failure", "not a known", "mean onFailure?"),
                of("routes: [" + IN + ", buffer: {}}]", "routes[0].buffer", "not a known key", "prefetch"),
                of("web: {port: 1}\nweb: {port: 2}", "web", "appears twice, first on line 1", "Keep one"),
                of("web: {port: 1, port: 2}", "web.port", "appears twice", "Keep one"),
                of("web: 8080", "web", "must be a section, not a number", "host, port"),
                of("routes: {a: b}", "routes", "must be a list, not a section", "'- '"),
                of("routes: [a]", "routes[0]", "must be a section, not a text", "name, from, to"),
                of("- a", "", "must be a section, not a list", "broker, brokers, exchange, routes"),
                of("routes: [{from: {filter: a}, to: {address: x}}]", "routes[0].name", "is missing", "Add it: A name"),
                of("routes: [{name: r, from: {filter: a}}]", "routes[0].to", "is missing", "event bus"),
                of("routes: [{name: r, to: {address: a}}]", "routes[0].from", "is missing", "filter"),
                of("routes: [{name: r, to: {key: a}}]", "routes[0].from", "is missing", "event bus"),
                of(routes("{name: r, from: {address: a}, to: {}}"), "routes[0].to.key", "is missing", "routing key"));
    }

    private static final String ARGUMENTS = "routes[0].from.queue.arguments.";

    private static String arguments(String one) {
        return queue("q, arguments: {" + one + "}");
    }

    private static String queue(String name) {
        return routes("{name: r, from: {filter: a, queue: {name: " + name + "}}, to: {address: x}}");
    }

    static Stream<Arguments> wamp() {
        var web = "web: {roles: {masters: {}}}\n";
        return Stream.of(
                of("wamp: {prefix: org.buildbot}", "wamp.prefix", "not a prefix of topics", "org.buildbot.mq."),
                of("wamp: {realms: 'a b'}", "wamp.realms", "is not a realm", "without spaces"),
                of("wamp: {realms: []}", "wamp.realms", "is empty", "realm1"),
                of("wamp: {users: {alice: {role: r}}}", "wamp.users.alice.secret", "is missing", "must know"),
                of("wamp: {limits: {message: 1GiB}}", "wamp.limits.message", "64MiB", "in that range"),
                of(web + "wamp: {enabled: true}", "wamp.anonymous", "nobody could join", "wamp.users"),
                of(web + "wamp: {enabled: true, anonymous: x}", "wamp.anonymous", "not one of the roles", "masters"),
                of(
                        web + "wamp: {enabled: true, users: {a: {secret: s, role: x}}}",
                        "wamp.users.a.role",
                        "not one of the roles",
                        "masters"),
                of(
                        "web: {enabled: false, roles: {m: {}}}\nwamp: {enabled: true, anonymous: m}",
                        "wamp.enabled",
                        "needs Busbar's HTTP port",
                        "web.enabled"),
                of(
                        web + "exchange: amq.direct\nwamp: {enabled: true, anonymous: masters}",
                        "wamp.enabled",
                        "topic exchange",
                        "Name another"));
    }

    static Stream<Arguments> values() {
        return Stream.of(
                of("web: {port: eighty}", "web.port", "must be an integer, not a text", "e.g. 0"),
                of("web: {port: 80.5}", "web.port", "must be an integer, not a number", "e.g. 0"),
                of("web: {port: 65536}", "web.port", "is not from 0 to 65535", "in that range"),
                of("web: {port: -1}", "web.port", "is not from 0 to 65535", "in that range"),
                of("web: {port: 4294967376}", "web.port", "is not from 0 to 65535", "in that range"),
                of("web: {port: 99999999999999999999}", "web.port", "is not from 0 to 65535", "in that range"),
                of("web: {port: [1]}", "web.port", "must be an integer, not a list", "e.g. 0"),
                of("web: {host: }", "web.host", "has no value", "in quotes"),
                of("web: {host: 'a b'}", "web.host", "not a host or IP address", "127.0.0.1"),
                of("web: {host: 127}", "web.host", "must be a text, not a number", "in quotes"),
                of("cluster: {enabled: yes}", "cluster.enabled", "must be true or false", "true"),
                of("datetimes: unix", "datetimes", "is not one of iso, epoch, kombu", "Write one of them"),
                of("datetimes: Epoch", "datetimes", "is not one of", "Did you mean epoch?"),
                of("broker: {heartbeat: 30}", "broker.heartbeat", "has no unit", "30s"),
                of("broker: {heartbeat: soon}", "broker.heartbeat", "is not a duration", "ms, s, m or h"),
                of("broker: {heartbeat: 20h}", "broker.heartbeat", "is not from 0s to 65535s", "in that range"),
                of("broker: {heartbeat: 1500ms}", "broker.heartbeat", "whole seconds", "30s"),
                of("broker: {connectTimeout: 0s}", "broker.connectTimeout", "is not from 1ms", "in that range"),
                of("broker: {maxMessageSize: 64M}", "broker.maxMessageSize", "is not a size", "64MiB"),
                of("broker: {maxMessageSize: 2GiB}", "broker.maxMessageSize", "is not from 1B", "in that range"),
                of("broker: {maxMessageSize: 9GiB}", "broker.maxMessageSize", "is not from 1B", "in that range"),
                of("exchange: {type: tropic}", "exchange.type", "is not an exchange type", "topic, direct, fanout"),
                of("exchange: {arguments: [1]}", "exchange.arguments", "must be a map, not a list", "x-max-length"),
                of("exchange: {arguments: {a: }}", "exchange.arguments.a", "cannot be an argument", "Use a text"),
                of("exchange: {name: " + "x".repeat(256) + "}", "exchange.name", "is too long", "255"));
    }

    static Stream<Arguments> broker() {
        return Stream.of(
                of("broker: {uri: rabbit}", "broker.uri", "no known scheme", "amqp://user:password@host"),
                of("broker: {uri: http://a}", "broker.uri", "no known scheme", "amqps for TLS"),
                of("broker: {uri: []}", "broker.uri", "names no broker", "amqp://localhost"),
                of("broker: {uri: [amqp://a, ftp://b]}", "broker.uri[1]", "no known scheme", "amqp://"),
                of("broker: {uri: [embedded, amqp://b]}", "broker.uri", "embedded beside", "Keep either"),
                of("broker: {uri: [amqp://a, amqp10://b]}", "broker.uri", "mixes AMQP 0-9-1 and 1.0", "Use one of"),
                of(
                        "broker: {embedded: {host: 0.0.0.0}}",
                        "broker.embedded.host",
                        "everybody knows, guest",
                        "Set user and password"),
                of(
                        "broker: {embedded: {host: 10.0.0.1, user: busbar}}",
                        "broker.embedded.host",
                        "other machines",
                        "listen on 127.0.0.1"),
                of("broker: {embedded: {store: ''}}", "broker.embedded.store", "is empty", "data/broker"),
                of("broker: {tls: {certificate: c.pem}}", "broker.tls.certificate", "has no key", "Set key"),
                of("broker: {tls: {key: k.pem}}", "broker.tls.key", "has no certificate", "Set certificate"),
                of(
                        "broker: {uri: amqps://a, sasl: external}",
                        "broker.sasl",
                        "client certificate",
                        "broker.tls.certificate"),
                of(
                        "broker: {uri: amqp://a, sasl: external, tls: {certificate: c, key: k}}",
                        "broker.sasl",
                        "needs TLS",
                        "amqps"),
                of(
                        "broker: {uri: amqp10://a, sasl: external, tls: {certificate: c, key: k}}",
                        "broker.sasl",
                        "needs TLS",
                        "amqp10s"),
                of("broker: {uri: amqp10s://a, sasl: external}", "broker.sasl", "client certificate", "tls.key"),
                of("broker: {uri: amqp://a, sasl: anonymous}", "broker.sasl", "AMQP 1.0 only", "sasl: plain"),
                of("broker: {sasl: anonymous}", "broker.sasl", "AMQP 1.0 only", "amqp10s"),
                of("broker: {uri: amqp10://a, sasl: nobody}", "broker.sasl", "plain, external, anonymous", "Write one"),
                of("broker: {uri: amqps://a, dialect: qpid}", "broker.dialect", "no uri is of that", "Remove it"),
                of("broker: {dialect: artemis}", "broker.dialect", "how to use AMQP 1.0", "amqp10 or amqp10s"),
                of(
                        "broker: {uri: amqp10://a, dialect: rabbitmq5}",
                        "broker.dialect",
                        "is not one of auto, qpid, rabbitmq, rabbitmq4, artemis",
                        "Did you mean rabbitmq"),
                of("broker: {uri: amqp10://a, dialect: activemq}", "broker.dialect", "is not one of", "Write one"),
                of("broker: {uri: [amqp10://a, ampq10://b]}", "broker.uri[1]", "no known scheme", "amqp10s"),
                of(
                        "broker: {reconnect: {initial: 1m, max: 30s}}",
                        "broker.reconnect.max",
                        "less than initial, 1m",
                        "at least as long"));
    }

    private static Arguments where(String conditions, String path, String message, String remedy) {
        return of(
                "broker: {uri: 'amqp://h'}\n"
                        + routes("{name: r, from: {filter: a, " + conditions + "}, to: {address: x}}"),
                "routes[0].from." + path,
                message,
                remedy);
    }

    static Stream<Arguments> conditions() {
        String accept = ", otherwise: accept";
        return Stream.of(
                where("where: [{header: x, equals: 1}]", "otherwise", "is missing", "accept, to drop them"),
                where("otherwise: reject", "otherwise", "has no conditions", "from.where"),
                where("where: [{header: x, equals: 1}], otherwise: drop", "otherwise", "is not one of", "Write one"),
                where("where: [{equals: 1}]" + accept, "where[0]", "names no value", "a header or a pointer"),
                where(
                        "where: [{header: x, pointer: /x, equals: 1}]" + accept,
                        "where[0]",
                        "names two values",
                        "either a header or a pointer"),
                where("where: [{header: x}]" + accept, "where[0]", "says nothing about its value", "equals, in"),
                where(
                        "where: [{header: x, equals: 1}, {header: y, prefix: a, exists: true}]" + accept,
                        "where[1]",
                        "says several things",
                        "several items"),
                where(
                        "where: [{header: amqp-typ, equals: 1}]" + accept,
                        "where[0].header",
                        "is no property of a message",
                        "amqp-type"),
                where(
                        "where: [{header: amqp-attempt, equals: 1}]" + accept,
                        "where[0].header",
                        "is no property of a message",
                        "amqp-type"),
                where(
                        "where: [{pointer: a/b, equals: 1}]" + accept,
                        "where[0].pointer",
                        "begin it with a '/'",
                        "/order/id"),
                where(
                        "where: [{pointer: /a~b, equals: 1}]" + accept,
                        "where[0].pointer",
                        "not a JSON Pointer",
                        "/order/id"),
                where(
                        "where: [{header: x, equals: 1, matches: 1}]" + accept,
                        "where[0].matches",
                        "is not a known key",
                        "equals, in"),
                where("where: [{header: x, in: [[1]]}]" + accept, "where[0].in[0]", "must be a text, a number", "text"),
                where(
                        "where: [{pointer: /a, exists: true}], body: text" + accept,
                        "where",
                        "from.body keeps from being read",
                        "Use headers only"),
                where(
                        "where: [{pointer: /a, exists: true}], contentType: text/plain" + accept,
                        "where",
                        "from.contentType keeps from being read",
                        "set from.body to json"),
                where(
                        "where: [{header: amqp-header-x, equals: 1}]" + accept,
                        "where[0].header",
                        "is no property of a message",
                        "amqp-header- before it if it begins with amqp-"),
                where(
                        "queue: {name: q, type: stream, life: persistent}, where: [{header: x, equals: 1}], otherwise: reject",
                        "otherwise",
                        "means nothing to a stream",
                        "Set it to accept"),
                of(
                        routes("{name: r, from: {filter: a, where: [{header: x, equals: 1}], otherwise: reject},"
                                + " to: {address: x}}"),
                        "routes[0].from.otherwise",
                        "cannot be done with Apache Qpid Broker-J",
                        "Set it to accept"));
    }

    private static String to(String keys) {
        return routes("{name: r, from: {address: a}, to: {key: k, " + keys + "}}");
    }

    static Stream<Arguments> routesAlone() {
        return Stream.of(
                of(
                        queue("q, declare: passive"),
                        "routes[0].from.filter",
                        "the queue q belongs to others",
                        "from.queue.declare to true"),
                of(
                        routes("{name: r, from: {queue: q, arguments: {format: pdf}}, to: {address: x}}"),
                        "routes[0].from.arguments",
                        "without a filter Busbar binds none",
                        "Add from.filter"),
                of(
                        routes("{name: r, from: {queue: q, consumer: {arguments: {x-priority: 1}}}, to: {address: x}}"),
                        "routes[0].from.consumer.arguments.x-priority",
                        "a key of its own",
                        "set priority"),
                of(
                        routes("{name: r, from: {queue: q, consumer: {arguments: {x-stream-offset: 1}}},"
                                + " to: {address: x}}"),
                        "routes[0].from.consumer.arguments.x-stream-offset",
                        "its position in a stream",
                        "from.queue.arguments"),
                of(
                        routes("{name: r, from: {filter: a, queue: {name: q, autoDelete: true}}, to: {address: x}}"),
                        "routes[0].from.queue.autoDelete",
                        "life says persistent",
                        "life to transient"),
                of(
                        routes(
                                "{name: r, from: {filter: a, queue: {name: q, life: until-stop, exclusive: true}}, to: {address: x}}"),
                        "routes[0].from.queue.exclusive",
                        "with the connection, and life says until-stop",
                        "from.consumer.exclusive"),
                of(
                        routes(
                                "{name: r, from: {filter: a, queue: {name: q, life: transient, exclusive: false, autoDelete: false}}, to: {address: x}}"),
                        "routes[0].from.queue.autoDelete",
                        "nothing that deletes",
                        "until-stop or persistent"),
                of(
                        routes(
                                "{name: r, from: {filter: a, queue: {name: q, life: transient, durable: true}}, to: {address: x}}"),
                        "routes[0].from.queue.durable",
                        "gone with its connection",
                        "exclusive to false"),
                of(
                        "broker: {uri: amqp://h}\n"
                                + routes("{name: r, from: {filter: a, queue: {name: q, type: quorum, durable: false}},"
                                        + " to: {address: x}}"),
                        "routes[0].from.queue.durable",
                        "type quorum, which is always durable",
                        "type to classic"),
                of(
                        routes(
                                "{name: r, from: {queue: {name: q, declare: passive, autoDelete: true}}, to: {address: x}}"),
                        "routes[0].from.queue.autoDelete",
                        "leaves this one to others",
                        "Remove it"),
                of(
                        routes("{name: r, from: {queue: {name: q, declare: false, durable: false}}, to: {address: x}}"),
                        "routes[0].from.queue.durable",
                        "leaves this one to others",
                        "declare to true"),
                of(
                        routes("{name: r, from: {queue: {name: q, durable: false}}, to: {address: x}}"),
                        "routes[0].from.queue.durable",
                        "Busbar only looks for this one",
                        "add a filter"),
                of(
                        routes("{name: r, from: {filter: a, queue: {exclusive: false}}, to: {address: x}}"),
                        "routes[0].from.queue.exclusive",
                        "has no name",
                        "Add a name"),
                of(
                        routes("{name: r, from: {filter: a, queue: {name: q, durable: false}}, to: {address: x},"
                                + " onFailure: {wait: broker}}"),
                        "routes[0].onFailure.wait",
                        "to which messages can come back",
                        "leave out durable"),
                of(
                        routes("{name: r, from: {queue: {name: q, declare: false, life: until-stop}},"
                                + " to: {address: x}}"),
                        "routes[0].from.queue.declare",
                        "life says until-stop",
                        "Remove life or declare"),
                of(
                        routes("{name: r, from: {filter: a, queue: {declare: false}}, to: {address: x}}"),
                        "routes[0].from.queue.declare",
                        "has no name",
                        "Add the name"),
                of(
                        routes("{name: r, from: {queue: {name: q, declare: passive}}, to: {address: x},"
                                + " scope: singleton}"),
                        "routes[0].scope",
                        "the queue q belongs to others",
                        "say so in from.queue.arguments"),
                of(
                        routes("{name: r, from: {address: x}, to: {key: a, exchange: {name: e, internal: true}}}"),
                        "routes[0].to.exchange",
                        "only other exchanges publish to it",
                        "remove internal"),
                of(
                        "exchange: {name: e, declare: no}",
                        "exchange.declare",
                        "is not one of true, passive, false",
                        "Write one"),
                of("exchange: {name: e, declare: pasive}", "exchange.declare", "is not one of true", "mean passive?"),
                of(routes("{name: 'a b', from: {filter: a}, to: {address: x}}"), "routes[0].name", "not a name", "Use"),
                of(
                        routes("{name: r, from: {filter: a, address: b}, to: {address: x}}"),
                        "routes[0].from",
                        "one direction",
                        "two routes"),
                of(
                        routes("{name: r, from: {}, to: {address: x}}"),
                        "routes[0].from",
                        "neither a filter nor a queue",
                        "Add a filter"),
                of(
                        routes("{name: r, from: {filtre: a.b}, to: {address: x}}"),
                        "routes[0].from.filtre",
                        "not a known key",
                        "Did you mean filter?"),
                of(
                        routes("{name: r, from: {filter: 'a*.b'}, to: {address: x}}"),
                        "routes[0].from.filter",
                        "'a*'",
                        "builds.*.finished"),
                of(
                        routes("{name: r, from: {filter: [a, é]}, to: {address: x}}"),
                        "routes[0].from.filter[1]",
                        "ASCII",
                        "builds.*.finished"),
                of(
                        routes("{name: r, from: {filter: #.a\n}, to: {address: x}}"),
                        "routes[0].from.filter",
                        "has no value",
                        "begins with # or * must be in quotes"),
                of(
                        routes("{name: r, from: {filter: a}, to: {address: ''}}"),
                        "routes[0].to.address",
                        "is empty",
                        "builds.finished"),
                of(
                        routes("{name: r, from: {address: a}, to: {key: 'changes.{id'}}"),
                        "routes[0].to.key",
                        "not closed",
                        "changes.{id}.new"),
                of(
                        routes("{name: r, from: {address: a}, to: {key: 'changes.{/order/~id}'}}"),
                        "routes[0].to.key",
                        "is not a JSON Pointer",
                        "changes.{id}.new"),
                of(
                        to("headers: {amqp-x: 1}"),
                        "routes[0].to.headers.amqp-x",
                        "is not a name for an application header",
                        "to.properties"),
                of(
                        to("headers: {a: [1]}"),
                        "routes[0].to.headers.a",
                        "must be a text, a number, true or false",
                        "in quotes"),
                of(to("headers: {a: }"), "routes[0].to.headers.a", "has no value", "Give it one"),
                of(to("headers: {a: '{/~}'}"), "routes[0].to.headers.a", "is not a JSON Pointer", "in quotes"),
                of(to("headers: {CC: k}"), "routes[0].to.headers.CC", "list of routing keys", "a route for each key"),
                of(
                        to("headers: {Compression: application/x-gzip}"),
                        "routes[0].to.headers.Compression",
                        "says that bodies are compressed",
                        "set to.body to bytes"),
                of(to("headers: {a: 1, A: 2}"), "routes[0].to.headers.A", "in case only", "Remove one"),
                of(
                        to("properties: {priorty: 1}"),
                        "routes[0].to.properties.priorty",
                        "is not a known key",
                        "Did you mean priority?"),
                of(
                        to("properties: {priority: 256}"),
                        "routes[0].to.properties.priority",
                        "is not from 0 to 255",
                        "in that range"),
                of(
                        to("properties: {priority: high}"),
                        "routes[0].to.properties.priority",
                        "is not from 0 to 255",
                        "in that range"),
                of(
                        to("properties: {expiration: 60s}"),
                        "routes[0].to.properties.expiration",
                        "is not a number of milliseconds",
                        "60000"),
                of(
                        to("properties: {expiration: 4294967296}"),
                        "routes[0].to.properties.expiration",
                        "at most 4294967295",
                        "60000"),
                of(
                        to("properties: {contentType: json}"),
                        "routes[0].to.properties.contentType",
                        "is not a content type",
                        "text/plain; charset=utf-8"),
                of(
                        to("properties: {messageId: 5}"),
                        "routes[0].to.properties.messageId",
                        "is one id for all messages",
                        "{/id}"),
                of(
                        to("properties: {timestamp: now}"),
                        "routes[0].to.properties.timestamp",
                        "is not an instant",
                        "{/at}"),
                of(to("properties: {appId: '{id'}"), "routes[0].to.properties.appId", "is not closed", "in quotes"),
                of(
                        to("properties: {type: " + "x".repeat(256) + "}"),
                        "routes[0].to.properties.type",
                        "is too long",
                        "255 bytes"),
                of(
                        to("reply: message, properties: {replyTo: q}"),
                        "routes[0].to.properties.replyTo",
                        "set by Busbar for the answer",
                        "to.reply to confirm"),
                of(
                        to("exchange: '{x}'"),
                        "routes[0].to.exchange",
                        "has a placeholder, but no exchanges are allowed",
                        "to.exchanges"),
                of(
                        to("exchanges: [a, b]"),
                        "routes[0].to.exchange",
                        "is one exchange for all messages",
                        "{x-exchange}"),
                of(
                        to("exchange: a, exchanges: [a, b]"),
                        "routes[0].to.exchange",
                        "is one exchange for all messages",
                        "{x-exchange}"),
                of(
                        to("exchange: {name: '{x}', type: direct}, exchanges: [a, b]"),
                        "routes[0].to.exchange",
                        "more than a name",
                        "each of to.exchanges"),
                of(
                        to("exchange: '{x}', exchanges: [a, b, a]"),
                        "routes[0].to.exchanges[2]",
                        "is listed twice",
                        "Remove one"),
                of(
                        to("exchange: '{x}', exchanges: [a, {name: b, internal: true}]"),
                        "routes[0].to.exchanges[1]",
                        "only other exchanges publish to it",
                        "remove internal"),
                of(
                        to("exchange: '{x}', exchanges: [{name: busbar, type: direct}]"),
                        "routes[0].to.exchanges[0]",
                        "with another type than at exchange",
                        "another name"),
                of(
                        routes("{name: r, from: {filter: a}, to: {address: x, renameHeaders: {a: amqp-type}}}"),
                        "routes[0].to.renameHeaders.a",
                        "is not a name for an application header",
                        "amqp-"),
                of(
                        routes("{name: r, from: {filter: a}, to: {address: x, removeHeaders: [amqp-type]}}"),
                        "routes[0].to.removeHeaders[0]",
                        "is not a name for an application header",
                        "amqp-"),
                of(
                        routes("{name: r, from: {filter: a}, to: {address: x, renameHeaders: {a: b, A: c}}}"),
                        "routes[0].to.renameHeaders.A",
                        "in case only",
                        "Remove one"),
                of(
                        routes("{name: r, from: {filter: a}, to: {address: x, headers: {a: 1, A: 2}}}"),
                        "routes[0].to.headers.A",
                        "in case only",
                        "Remove one"),
                of(
                        routes("{name: r, from: {filter: a}, to: {address: x, renameHeaders: {a: c, b: C}}}"),
                        "routes[0].to.renameHeaders.b",
                        "is the new name of another header too",
                        "another name"),
                of(
                        routes(
                                "{name: r, from: {filter: a}, to: {address: x, removeHeaders: [a], renameHeaders: {A: b}}}"),
                        "routes[0].to.renameHeaders.A",
                        "nothing is left to rename",
                        "here or there"),
                of(
                        to("body: text, headers: {a: 1, b: 'x{/id}'}"),
                        "routes[0].to.headers.b",
                        "to.body says that bodies are none",
                        "Use headers only"),
                of(
                        to("body: bytes, properties: {appId: '{app}', type: '{/id}'}"),
                        "routes[0].to.properties.type",
                        "to.body says that bodies are none",
                        "set to.body to json"),
                of(
                        to("body: bytes, exchange: '{/x}', exchanges: [a, b]"),
                        "routes[0].to.exchange",
                        "to.body says that bodies are none",
                        "set to.body to json"),
                of(
                        routes("{name: r, from: {address: a}, to: {key: 'a.{/id}', body: text}}"),
                        "routes[0].to.key",
                        "to.body says that bodies are none",
                        "set to.body to json"),
                of(
                        routes("{name: r, from: {filter: a, body: text}, to: {address: x, headers: {a: '{/id}'}}}"),
                        "routes[0].to.headers.a",
                        "from.body keeps from being read as JSON",
                        "set from.body to json"),
                of(
                        routes("{name: r, from: {filter: a, contentType: text/csv}, to: {address: x,"
                                + " headers: {a: '{/id}', b: '{id}', c: 1}}}"),
                        "routes[0].to.headers.a",
                        "from.contentType keeps from being read as JSON",
                        "set from.body to json"),
                of(to("body: xml"), "routes[0].to.body", "is not one of json, text, bytes", "Write one of them"),
                of(
                        routes("{name: r, from: {filter: a, contentType: json}, to: {address: x}}"),
                        "routes[0].from.contentType",
                        "is not a content type",
                        "text/plain; charset=utf-8"),
                of(
                        routes("{name: r, from: {filter: a, body: buffer}, to: {address: x}}"),
                        "routes[0].from.body",
                        "is not one of json, text, bytes",
                        "Write one of them"),
                of("routes: [" + IN + ", prefetch: 0}]", "routes[0].prefetch", "from 1 to 65535", "range"),
                of("routes: [" + IN + ", prefetch: 65536}]", "routes[0].prefetch", "from 1 to 65535", "range"),
                of("routes: [" + IN + ", duplicates: {window: -1}}]", "routes[0].duplicates.window", "0 to", "range"),
                of("routes: [" + IN + ", onFailure: {attempts: 0}}]", "routes[0].onFailure.attempts", "1 to", "range"),
                of(
                        "routes: [" + IN + ", onFailure: {then: deadletter}}]",
                        "routes[0].onFailure.then",
                        "dead-letter, park, drop",
                        "Did you mean dead-letter?"),
                of(
                        routes("{name: r, from: {address: a}, to: {key: k}, inFlight: 0}"),
                        "routes[0].inFlight",
                        "from 1 to 65535",
                        "range"),
                of(
                        routes("{name: r, from: {address: a}, to: {key: k}, buffer: {messages: 0}}"),
                        "routes[0].buffer.messages",
                        "from 1",
                        "range"),
                of(
                        routes("{name: r, from: {filter: a, queue: {life: persistent}}, to: {address: x}}"),
                        "routes[0].from.queue.name",
                        "persistent needs one",
                        "Add a name"),
                of(
                        routes("{name: r, from: {filter: a, queue: {life: until-stop}}, to: {address: x}}"),
                        "routes[0].from.queue.name",
                        "until-stop needs one",
                        "transient"),
                of(
                        routes("{name: r, from: {filter: a, queue: {type: quorum}}, to: {address: x}}"),
                        "routes[0].from.queue.type",
                        "always durable",
                        "Set life to persistent or until-stop"),
                of(
                        routes("{name: r, from: {queue: {name: q, arguments: {x-queue-type: quorum}}},"
                                + " to: {address: x}}"),
                        "routes[0].from.queue.arguments.x-queue-type",
                        "key of its own",
                        "set type"),
                of(
                        routes("{name: r, from: {queue: amq.gen-1}, to: {address: x}}"),
                        "routes[0].from.queue.name",
                        "not a name for a queue",
                        "amq."),
                of(
                        routes("{name: r, from: {filter: a, exchange: ''}, to: {address: x}}"),
                        "routes[0].from.filter",
                        "default exchange",
                        "name the queue"),
                of(
                        routes("{name: r, from: {filter: 'a.*', exchange: amq.direct}, to: {address: x}}"),
                        "routes[0].from.filter",
                        "wildcards, which the direct exchange amq.direct",
                        "Use a topic exchange"));
    }

    static Stream<Arguments> betweenRoutes() {
        String brokers = "brokers: {far: {uri: 'amqp://far'}}\n";
        String queue = "{name: %s, from: {filter: a, queue: {name: q, life: %s, arguments: {%s}}}, to: {address: x}}";
        return Stream.of(
                of(
                        routes("{name: r, from: {broker: far, filter: c}, to: {address: y}}"),
                        "routes[0].from.broker",
                        "is not the name of a broker",
                        "Describe it under the top-level brokers"),
                of(
                        brokers + routes("{name: r, from: {address: y}, to: {broker: fra, key: k}}"),
                        "routes[0].to.broker",
                        "is not the name of a broker",
                        "Use one of far, or remove it"),
                of(
                        "brokers: {far: {uri: embedded}}",
                        "brokers.far.uri",
                        "starts a broker within this process",
                        "Move it to the top-level broker"),
                of(
                        brokers
                                + routes(
                                        "{name: a, from: {broker: far, filter: a, queue: {name: q, life: persistent}}, to: {address: x}}",
                                        "{name: b, from: {broker: far, filter: a, queue: {name: q, life: until-stop}}, to: {address: x}}"),
                        "routes[1].from.queue",
                        "another life",
                        "Make them equal"),
                of(
                        routes(IN + "}", "{name: r, from: {filter: c}, to: {address: y}}"),
                        "routes[1].name",
                        "also the name of routes[0]",
                        "Rename"),
                of(
                        routes(queue.formatted("a", "persistent", ""), queue.formatted("b", "until-stop", "")),
                        "routes[1].from.queue",
                        "another life",
                        "Make them equal"),
                of(
                        routes(queue.formatted("a", "persistent", ""), queue.formatted("b", "persistent", "x-a: 1")),
                        "routes[1].from.queue",
                        "another set of arguments",
                        "another queue name"),
                of(
                        routes(
                                "{name: a, from: {filter: a, queue: q}, to: {address: x}}",
                                "{name: b, from: {filter: a, queue: q, exchange: other}, to: {address: x}}"),
                        "routes[1].from.queue",
                        "another exchange",
                        "Make them equal"),
                of(
                        routes(
                                "{name: a, from: {filter: a, exchange: {name: busbar, type: fanout}}, to: {address: x}}"),
                        "routes[0].from.exchange",
                        "another type than at exchange",
                        "another name"),
                of(
                        routes(
                                "{name: a, from: {filter: a, exchange: {name: e, durable: false}}, to: {address: x}}",
                                "{name: b, from: {address: y}, to: {key: k, exchange: e}}"),
                        "routes[1].to.exchange",
                        "another durable than at routes[0].from.exchange",
                        "Make them equal"),
                of(
                        routes(
                                "{name: in, from: {filter: 'a.*'}, to: {address: x}}",
                                "{name: out, from: {address: x}, to: {key: 'a.{id}'}}"),
                        "routes[1].from.address",
                        "round in circles (out → in → out)",
                        "Use another address"));
    }

    private static String clustered(String from, String scope) {
        return "broker: {uri: 'amqp://h'}\ncluster: {enabled: true}\n"
                + routes("{name: r, from: " + from + ", to: {address: x}, scope: " + scope + "}");
    }

    static Stream<Arguments> places() {
        return Stream.of(
                of(
                        clustered("{filter: a}", "competing"),
                        "routes[0].scope",
                        "each gets every message",
                        "Name the queue and set from.queue.life"),
                of(
                        clustered("{queue: 'q.{node}'}", "competing"),
                        "routes[0].from.queue.name",
                        "each gets every message",
                        "Leave out {node}"),
                of(
                        clustered("{queue: {name: q, type: stream}}", "competing"),
                        "routes[0].scope",
                        "each of its consumers gets every message",
                        "scope to per-node"),
                of(
                        clustered("{queue: q, consumer: {exclusive: true}}", "competing"),
                        "routes[0].from.consumer.exclusive",
                        "refuses all but the first",
                        "Remove it"),
                of(
                        clustered("{queue: q, consumer: {exclusive: true}}", "singleton")
                                .replace("queue: q", "filter: a, queue: q"),
                        "routes[0].from.consumer.exclusive",
                        "refuses all but the first",
                        "Remove it"),
                of(
                        clustered("{filter: a, queue: q}", "per-node"),
                        "routes[0].from.queue.name",
                        "only one of them gets each message",
                        "Put {node} into it"),
                of(
                        clustered("{filter: a, queue: {name: q, life: transient}}", "per-node"),
                        "routes[0].from.queue.name",
                        "only one of them gets each message",
                        "Leave it out"),
                of(
                        clustered("{filter: a}", "singleton"),
                        "routes[0].scope",
                        "while another node takes over are lost",
                        "from.queue.life"),
                of(
                        clustered("{queue: 'q.{node}'}", "singleton"),
                        "routes[0].from.queue.name",
                        "each gets every message",
                        "Leave out {node}"),
                of(
                        "broker: {uri: 'amqp://h'}\ncluster: {enabled: true}\n"
                                + routes(
                                        "{name: a, from: {queue: q}, to: {address: x}}",
                                        "{name: b, from: {queue: q}, to: {address: x}, scope: singleton}"),
                        "routes[1].scope",
                        "differs from that of routes[0]",
                        "Make them equal"),
                of("cluster: {enabled: true}", "broker.uri", "a broker of its own", "one broker for all nodes"),
                of("cluster: {members: 10.0.0.7}", "cluster.host", "this machine only", "the other nodes reach"),
                of(
                        "cluster: {host: 0.0.0.0}",
                        "cluster.eventBus.publicHost",
                        "cannot send to 0.0.0.0",
                        "reach this node"),
                of("cluster: {members: 'a:b'}", "cluster.members", "not host or host:port", "10.0.0.7:5701"),
                of("cluster: {file: h.xml, name: n}", "cluster.file", "configure the same", "Write them into"),
                of(
                        "broker: {uri: 'amqp://h'}\ncluster: {enabled: true, port: 8081}",
                        "cluster.port",
                        "also management.port",
                        "port of its own"),
                of(
                        routes("{name: r, from: {queue: {name: q, type: stream}}, to: {address: x}}"),
                        "routes[0].from.queue.type",
                        "embedded broker does not have",
                        "broker.uri to a RabbitMQ"),
                of("web: {port: 8081}", "management.port", "also web.port", "port of its own"),
                of("web: {port: 5672, host: 0.0.0.0}", "broker.embedded.port", "also web.port", "or 0"));
    }

    @Test
    void aRouteOfBytesMayNameACompression() {
        assertThat(Loading.warnings(to("body: bytes, headers: {compression: application/x-gzip}")))
                .isEmpty();
    }

    @Test
    void allProblemsAreFoundAtOnceInTheOrderOfTheFile() {
        List<Problem> problems = problems("""
                borker: {}
                broker:
                  uri: nowhere
                  heartbeat: 5
                routes:
                  - name: twice
                    from: {filter: a.b}
                    to: {address: x}
                    prefetch: 0
                  - name: once
                    from: {filter: a}
                    to: {address: x}
                  - name: once
                    from: {address: y}
                    to: {key: "{", mandatory: maybe}
                  - name: once
                    from: {address: y}
                    to: {key: k}
                web: {port: 70000}
                """);

        assertThat(problems)
                .extracting(it -> it.line() + " " + it.path())
                .containsExactly(
                        "1 borker",
                        "3 broker.uri",
                        "4 broker.heartbeat",
                        "9 routes[0].prefetch",
                        "15 routes[2].to.key",
                        "15 routes[2].to.mandatory",
                        "16 routes[3].name",
                        "19 web.port");
    }

    @Test
    void aProblemReadsAsASentence() {
        assertThat(problems(routes(IN + ", prefetch: 0}")).get(0))
                .hasToString("line 2: routes[0].prefetch = 0: is not from 1 to 65535. Write an integer in that range.");
    }

    @Test
    void anExceptionListsAllOfThem() {
        LoadedConfig loaded = Loading.load("web: {port: -1}\nfoo: bar", java.util.Map.of());

        org.assertj.core.api.Assertions.assertThatThrownBy(loaded::orThrow)
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContainingAll("test.yaml has 2 problems", "web.port = -1", "foo: is not a known key");
    }

    @Test
    void nodesMayShareATransientQueueThatIsNotExclusive() {
        String shared = "{filter: a, queue: {name: q, life: transient, exclusive: false}%s}";

        assertThat(Loading.warnings(clustered(shared.formatted(""), "competing")))
                .isEmpty();
        assertThat(problems(clustered(shared.formatted(", consumer: {exclusive: true}"), "competing")))
                .extracting(Problem::path)
                .containsExactly("routes[0].from.consumer.exclusive");
    }
}
