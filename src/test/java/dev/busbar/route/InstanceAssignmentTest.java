package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.cluster.Node;
import dev.busbar.config.ConditionConfig;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.Otherwise;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.config.RouteConfig;
import dev.busbar.config.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class InstanceAssignmentTest {

    @Property(tries = 300)
    void competingLastingRoutesRunInEveryInstanceAndAllOthersInOne(
            @ForAll("routes") List<RouteConfig> routes, @ForAll @IntRange(min = 1, max = 9) int count) {
        var shares = shares(routes, count);

        for (var route : routes) {
            var runs = shares.stream().filter(share -> share.contains(route)).count();
            assertThat(runs).as("%s", route).isEqualTo(competesForLastingQueue(route) ? count : 1);
        }
    }

    @Property(tries = 300)
    void aShareKeepsTheOrderAndHasNoRouteTwice(
            @ForAll("routes") List<RouteConfig> routes, @ForAll @IntRange(min = 1, max = 9) int count) {
        for (var share : shares(routes, count)) {
            assertThat(share).isEqualTo(routes.stream().filter(share::contains).toList());
        }
    }

    @Property(tries = 300)
    void routesThatShareAConsumerRunInTheSameInstances(
            @ForAll("routes") List<RouteConfig> others,
            @ForAll Scope scope,
            @ForAll @IntRange(min = 1, max = 9) int count) {
        var first = Routes.inbound("first", scope, QueueLife.PERSISTENT).toBuilder()
                .queue(new QueueConfig("q", QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of()))
                .where(List.of(new ConditionConfig("x", null, null, List.of(), null, true)))
                .otherwise(Otherwise.NEXT)
                .build();
        var next =
                first.toBuilder().name("next").where(List.of()).otherwise(null).build();
        var routes = new ArrayList<RouteConfig>();
        routes.add(first);
        routes.addAll(others);
        routes.add(next);

        for (var share : shares(routes, count)) {
            var names = share.stream().map(RouteConfig::name).toList();
            assertThat(names.contains("next")).isEqualTo(names.contains("first"));
        }
    }

    private static List<List<RouteConfig>> shares(List<RouteConfig> routes, int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> new InstanceAssignment(index, count, "id", new Node(null, "n")).of(routes))
                .toList();
    }

    private static boolean competesForLastingQueue(RouteConfig route) {
        return route instanceof InboundRoute inbound
                && inbound.scope() == Scope.COMPETING
                && inbound.queue().life() != QueueLife.TRANSIENT;
    }

    @Provide
    Arbitrary<List<RouteConfig>> routes() {
        var inbound = Combinators.combine(Arbitraries.of(Scope.values()), Arbitraries.of(QueueLife.values()))
                .as((scope, life) -> (Naming) name -> Routes.inbound(name, scope, life));
        var outbound =
                Arbitraries.just((Naming) name -> Routes.outbound(name, "a.b").build());
        return Arbitraries.oneOf(inbound, outbound).list().ofMaxSize(12).map(namings -> {
            var routes = new ArrayList<RouteConfig>();
            namings.forEach(naming -> routes.add(naming.called("route-" + routes.size())));
            return routes;
        });
    }

    private interface Naming {
        RouteConfig called(String name);
    }
}
