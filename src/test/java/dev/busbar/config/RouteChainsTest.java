package dev.busbar.config;

import static dev.busbar.config.Loading.problems;
import static dev.busbar.config.Loading.routes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that share a queue by {@code otherwise: next}. */
class RouteChainsTest {

    private static final String WHERE = "where: [{header: x, exists: true}]";

    private static String first(String queue) {
        return "{name: a, from: {filter: 'a.#', queue: " + queue + ", consumer: {priority: 3}, " + WHERE
                + ", otherwise: next}, scope: singleton, prefetch: 7, to: {address: a}}";
    }

    private static String next(String from, String more) {
        return "{name: b, from: {queue: " + from + "}" + more + ", to: {address: b}}";
    }

    private static List<RouteConfig> joined(BusbarConfig config) {
        return RouteChains.joined(config.routes());
    }

    @Test
    void theNextRouteHasTheConsumerOfTheFirst() {
        var config = Loading.config(routes(
                first("{name: q, life: until-stop}"),
                next("q, " + WHERE + ", otherwise: next", ""),
                "{name: other, from: {queue: p}, to: {address: o}}",
                "{name: c, from: {queue: q}, to: {address: c, handlers: any}}"));
        assertThat(RouteChains.before(config.routes())).containsExactly(-1, 0, -1, 1);
        var all = joined(config);
        for (var at : new int[] {1, 3}) {
            var route = (InboundRoute) all.get(at);
            assertThat(route.filters()).isEqualTo(((InboundRoute) all.get(0)).filters());
            assertThat(route.queue().life()).isEqualTo(QueueLife.UNTIL_STOP);
            assertThat(route.consumer().priority()).isEqualTo(3);
            assertThat(route.scope()).isEqualTo(Scope.SINGLETON);
            assertThat(route.prefetch()).isEqualTo(7);
        }
        assertThat(((InboundRoute) all.get(1)).handlers()).isEqualTo(HandlerPreference.LOCAL_FIRST);
        assertThat(((InboundRoute) all.get(2)).scope()).isEqualTo(Scope.COMPETING);
        assertThat(joined(ConfigLoader.fromJson(config.toJson())))
                .as("as it is written out")
                .isEqualTo(all);
    }

    @Test
    void aRouteThatSaysTheSameOfTheConsumerIsFine() {
        var config = Loading.config(routes(
                first("{name: q, life: until-stop}"),
                "{name: b, from: {filter: 'a.#', queue: {name: q, life: until-stop}, consumer: {priority: 3}},"
                        + " scope: singleton, prefetch: 7, to: {address: b}}"));
        assertThat(joined(config)).isEqualTo(config.routes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "q, filter: 'b.#'; ; from.filter",
                "q, consumer: {priority: 4}; ; from.consumer",
                "q, exchange: others; ; from.exchange",
                "q, arguments: {x-match: all}, filter: 'a.#'; ; from.arguments",
                "{name: q, life: until-stop}, filter: 'a.#'; ; from.queue",
                "q; , scope: per-node; scope",
                "q; , prefetch: 8; prefetch",
                "q; , prefetchBytes: 1MiB; prefetchBytes",
            })
    void whatItSaysDifferentlyIsAProblem(String from, String more, String path) {
        assertThat(problems(routes(first("q"), next(from, more == null ? "" : more))))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path()).isEqualTo("routes[1]." + path);
                    assertThat(it.message()).contains("routes[0], which consumes the queue for this route too");
                    assertThat(it.remedy()).isEqualTo("Remove it here, or make both equal");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: b, from: {queue: p}, to: {address: b}}",
                "{name: b, from: {queue: q, broker: two}, to: {address: b}}",
                "{name: b, from: {address: b}, to: {key: k}}"
            })
    void aRouteThatPassesOnToNobodyIsAProblem(String other) {
        var two = "brokers: {two: {uri: amqp://two}}\n";
        assertThat(problems(two + routes(other, first("q")))).anySatisfy(it -> {
            assertThat(it.path()).isEqualTo("routes[1].from.otherwise");
            assertThat(it.message())
                    .isEqualTo("names the next route with the queue 'q', and there is none behind this one");
            assertThat(it.remedy()).startsWith("Add a route with from.queue: q");
        });
        assertThat(problems(two + routes(first("q"), other)))
                .extracting(Problem::path)
                .containsExactly("routes[0].from.otherwise");
    }

    @Test
    void aRouteThatCompetesWithAChainIsWorthAWarning() {
        var rabbit = "broker: {uri: amqp://h}\n";
        var third = "{name: c, from: {queue: q}, to: {address: c}}";
        assertThat(Loading.warnings(rabbit + routes(first("q"), next("q", ""), third)))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path()).isEqualTo("routes[2].from.queue");
                    assertThat(it.message()).contains("beside routes[1] and those before it");
                });
        assertThat(Loading.warnings(rabbit + routes(first("q"), next("q, " + WHERE + ", otherwise: next", ""), third)))
                .isEmpty();
    }

    @Test
    void aQueueIsWarnedOfOnce() {
        assertThat(Loading.warnings(routes(first("q"), next("q", ""))))
                .singleElement()
                .satisfies(it -> assertThat(it.path()).isEqualTo("routes[0].from.queue.life"));
    }

    @Test
    void aQueueWithoutANameHasNoNextRoute() {
        assertThat(problems(routes("{name: a, from: {filter: a, " + WHERE + ", otherwise: next}, to: {address: a}}")))
                .singleElement()
                .satisfies(it -> assertThat(it.message()).startsWith("needs a queue with a name"));
    }

    @Test
    void whatTheFirstRouteMakesImpossibleForTheNextIsAProblemOfTheNext() {
        assertThat(problems("broker: {uri: amqp://h}\n"
                        + routes(
                                "{name: a, from: {queue: {name: q, type: stream}, " + WHERE
                                        + ", otherwise: next}, to: {address: a}}",
                                "{name: b, from: {queue: q}, onFailure: {then: reject}, to: {address: b}}")))
                .anySatisfy(it -> assertThat(it.path()).isEqualTo("routes[1].onFailure.then"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"per-node", "singleton"})
    void inAClusterTheScopeOfTheFirstIsThatOfTheNext(String scope) {
        var queue = scope.equals("per-node") ? "'q-{node}'" : "q";
        var config = Loading.config("broker: {uri: amqp://h}\ncluster: {enabled: true}\n"
                + routes(first(queue).replace("singleton", scope), next(queue, "")));
        assertThat(joined(config))
                .extracting(it -> ((InboundRoute) it).scope())
                .containsOnly(Scope.valueOf(scope.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    @Test
    void aRouteThatCannotBeReadMayBeTheNext() {
        assertThat(problems(routes(first("q"), "{name: b, from: {queue: q}, nonsense: 1, to: {address: b}}")))
                .singleElement()
                .satisfies(it -> assertThat(it.path()).isEqualTo("routes[1].nonsense"));
    }

    @Test
    void theProblemsOfAllRoutesAreToldAtOnce() {
        assertThat(problems("broker: {uri: amqp://h}\n"
                        + routes(
                                "{name: a, from: {queue: {name: q, type: stream}, " + WHERE
                                        + ", otherwise: next}, to: {address: a}}",
                                next("q, " + WHERE + ", otherwise: next", ", prefetch: 8"),
                                "{name: c, from: {queue: q}, onFailure: {then: reject}, to: {address: c}}")))
                .extracting(Problem::path)
                .containsExactly("routes[1].prefetch", "routes[2].onFailure.then");
    }
}
