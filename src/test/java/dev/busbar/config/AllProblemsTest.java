package dev.busbar.config;

import static dev.busbar.config.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with a configuration, everything else that is wrong is told with it, and nothing that is not. */
class AllProblemsTest {

    /** What is wrong in the first column must not hide what is wrong between other things. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "web: {prot: 1, anonymous: x, roles: {a: {}}} | web.prot web.anonymous",
                "web: {port: x, anonymous: x, roles: {a: {}}} | web.port web.anonymous",
                "web: {colour: red, roles: {a: {listen: 5, users: b}}} | web.colour web.roles.a.listen"
                        + " web.roles.a.users",
                "web: {colour: red, auth: {jwt: {}}, roles: {a: {listen: \"builds.#\"}}} | web.colour web.auth.jwt"
                        + " web.roles.a.listen",
                "{web: {port: 8081, colour: red}, management: {port: 8081}} | web.colour management.port",
                "{web: {port: 8081}, management: {port: 8081, login: true, x: y}} | management.x management.port"
                        + " management.login management.login",
                "{web: {roles: {a: {listen: 5}}}, wamp: {enabled: true, anonymous: b}} | web.roles.a.listen"
                        + " wamp.anonymous",
                "{web: {enabled: false, anonymous: x}, wamp: {enabled: true, anonymous: b, prefix: x}} |"
                        + " web.anonymous wamp.anonymous wamp.enabled wamp.prefix",
                "{broker: {uri: amqp://h, sasl: external, dialect: qpid, heartbeat: x}} | broker.heartbeat"
                        + " broker.dialect broker.sasl broker.sasl",
                "{broker: {uri: amqp://h, tls: {certificate: c, x: y}, sasl: external}} | broker.tls.x"
                        + " broker.tls.certificate broker.sasl",
                "{cluster: {enabled: true, x: y}, routes: [{name: r, from: {filter: a}, to: {address: a},"
                        + " scope: competing}, {name: r, from: {filter: b}, to: {address: 5}}]} | cluster.x"
                        + " broker.uri routes[0].scope routes[1].to.address",
                "{routes: [{name: r, from: {address: a, filter: b}, to: {addres: c}, prefetch: x}]} | routes[0].from"
                        + " routes[0].to.addres routes[0].to.address routes[0].prefetch",
                "{routes: [{name: r, from: {filter: b, x: y}, to: {address: c}}, {name: r, from: {filter: b}, to:"
                        + " {address: c}}]} | routes[0].from.x routes[1].name",
                "{routes: [{name: r, from: {filter: b, queue: {life: persistent, type: x}}, to: {address: c}}]} |"
                        + " routes[0].from.queue.type routes[0].from.queue.name",
                "{routes: [{name: r, from: {}, to: {}}]} | routes[0].from routes[0].to.address",
                "{web: {port: .inf}, management: {port: -.INF, x: y}, exchange: {name: e, arguments: {a: .nan}}} | web.port"
                        + " management.port management.x exchange.arguments.a",
                "{exchange: {name: e, arguments: {a: \"x\\ny\", x-max-length: z, c: {d: ~, e: \"\\t\"}}}} | exchange.arguments.a"
                        + " exchange.arguments.x-max-length exchange.arguments.c.d exchange.arguments.c.e",
                "{web: {roles: {a: {users: b}}, anonymous: c}, wamp: {enabled: true, anonymous: d, users: {e: {secret: s,"
                        + " role: f}}}} | web.roles.a.users web.anonymous wamp.anonymous wamp.users.e.role"
            })
    void nothingHidesAnything(String yaml, String paths) {
        assertThat(problems(yaml)).extracting(Problem::path).containsExactlyInAnyOrder(paths.split(" "));
    }

    /** What a default that stands in for something unreadable would make wrong is not said. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{web: {port: x}, management: {port: 8080}} | web.port",
                "{web: {enabled: x, port: 8081}} | web.enabled",
                "{web: {anonymous: a, roles: {a: 5}}} | web.roles.a",
                "{web: {auth: {htpasswd: 5}, roles: {a: {users: b}}}} | web.auth.htpasswd",
                "{web: {auth: {htpasswd: 5}, roles: {a: {observe: true}}}, management: {login: true}} |"
                        + " web.auth.htpasswd",
                "{web: {auth: {htpasswd: a}, roles: {a: {observe: x}}}, management: {login: true}} |"
                        + " web.roles.a.observe",
                "{web: {auth: {jwt: {secret: 5}}}} | web.auth.jwt.secret",
                "{web: {auth: {jwt: {publicKey: 5, algorithm: RS256}}}} | web.auth.jwt.publicKey",
                "{web: {enabled: x}, wamp: {enabled: true, anonymous: 5}} | web.enabled wamp.anonymous",
                "{exchange: {type: fanuot}, web: {roles: {a: {}}}, wamp: {enabled: true, anonymous: a}} |"
                        + " exchange.type",
                "{broker: {uri: x}, cluster: {enabled: true}} | broker.uri",
                "{broker: {uri: x, sasl: external}} | broker.uri broker.sasl",
                "{broker: {uri: amqps://h, tls: {certificate: a, key: 5}, sasl: external}} | broker.tls.key",
                "{broker: {uri: x}, routes: [{name: r, from: {filter: a, queue: {name: q, type: quorum}}, to:"
                        + " {address: a}}]} | broker.uri",
                "{broker: {embedded: {host: 0.0.0.0, user: 5, password: p}}} | broker.embedded.user",
                "{cluster: {file: f, name: 5}} | cluster.name",
                "{cluster: {members: 5, host: 127.0.0.1}} | cluster.members",
                "{routes: [{name: r, from: {filter: 5}, to: {address: c}}]} | routes[0].from.filter",
                "{routes: [{name: r, from: {fliter: a}, to: {}}]} | routes[0].from.fliter routes[0].to.address",
                "{web: {auth: {htpaswd: a}, roles: {a: {users: b}}}} | web.auth.htpaswd",
                "{routes: [{name: r, from: {queue: {name: 5}}, to: {address: c}}]} | routes[0].from.queue.name",
                "{broker: {uri: amqp://h}, routes: [{name: r, from: {queue: {life: x, type: quorum}}, to: {address: c}}]} |"
                        + " routes[0].from.queue.life"
            })
    void nothingIsMadeUp(String yaml, String paths) {
        assertThat(problems(yaml)).extracting(Problem::path).contains(paths.split(" ")[0]);
        assertThat(problems(yaml)).extracting(Problem::path).isSubsetOf(paths.split(" "));
    }

    /** Some values of a good configuration turned into what cannot be read, and some keys that there are not. */
    @Property(tries = 300)
    @Domain(DomainContext.Global.class)
    @Domain(Configs.class)
    void eachBrokenValueIsToldAndNoOther(@ForAll BusbarConfig config, @ForAll long seed) {
        var random = new Random(seed);
        Map<String, Object> json = new LinkedHashMap<>(config.toJson().getMap());
        List<String> expected = new ArrayList<>();
        breakSome(json, "", random, expected);
        if (expected.isEmpty()) {
            return;
        }

        var loaded = Loading.load(new JsonObject(json).encode(), Map.of());

        assertThat(((LoadedConfig.Invalid) loaded).problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static void breakSome(Map<String, Object> section, String path, Random random, List<String> broken) {
        for (var key : List.copyOf(section.keySet())) {
            var at = path.isEmpty() ? key : path + "." + key;
            // Its keys are of the user's choice.
            if (key.equals("arguments")) {
                continue;
            }
            if (section.get(key) instanceof Map<?, ?> inner) {
                var copy = new LinkedHashMap<String, Object>();
                inner.forEach((name, value) -> copy.put((String) name, value));
                section.put(key, copy);
                breakSome(copy, at, random, broken);
            } else if (!(section.get(key) instanceof List) && random.nextInt(20) == 0) {
                section.put(key, List.of(Map.of("broken", "value")));
                broken.add(at);
            }
        }
        if (!path.matches("web.roles|wamp.users") && random.nextInt(20) == 0) {
            section.put("brokenkey", 1);
            broken.add(path.isEmpty() ? "brokenkey" : path + ".brokenkey");
        }
    }
}
