package dev.busbar.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.config.ConfigLoader;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.RouteConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopedTest {

    private static final Node ALONE = new Node(null, "host");
    private static final Node MEMBER = new Node("id", "host");

    private static InboundRoute route(String queue, String scope) {
        var yaml = "broker: {uri: 'amqp://h'}\nroutes: [{name: r, from: {filter: a, queue: " + queue
                + "}, to: {address: x}, scope: " + scope + "}]";
        return (InboundRoute)
                ConfigLoader.parse(yaml, "test").orThrow().routes().get(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            competing  | q                          | true  | false | false
            competing  | {name: q, type: quorum}    | true  | false | false
            competing  | {life: transient}          | false | false | false
            competing  | {name: q, life: transient, exclusive: false} | true | false | false
            competing  | {name: q, type: stream}    | false | false | false
            per-node   | {life: transient}          | false | true  | false
            per-node   | q.{node}                   | false | true  | false
            singleton  | q                          | false | false | true
            """)
    void aScopeSaysWhoConsumesAndWhoIsGivenIt(
            String scope, String queue, boolean everyInstance, boolean localOnly, boolean singleActive) {
        var quoted = queue.startsWith("{") ? queue : "'" + queue + "'";

        var scoped = Scoped.of(route(quoted, scope), MEMBER);

        assertThat(scoped.everyInstance()).isEqualTo(everyInstance);
        assertThat(scoped.localOnly()).isEqualTo(localOnly);
        assertThat(scoped.singleActive()).isEqualTo(singleActive);
    }

    @ParameterizedTest
    @CsvSource({"competing,true", "per-node,false", "singleton,false"})
    void withoutAClusterAllIsLocalAndNothingIsAskedOfTheBroker(String scope, boolean everyInstance) {
        var scoped = Scoped.of(route("q", scope), ALONE);

        assertThat(scoped.everyInstance()).isEqualTo(everyInstance);
        assertThat(scoped.localOnly()).isFalse();
        assertThat(scoped.singleActive()).isFalse();
    }

    @Test
    void aQueueIsNamedAfterItsNodeAndNothingElseChanges() {
        var route = route("'a.{node}.b'", "per-node");

        var scoped = Scoped.of(route, MEMBER).route();

        assertThat(scoped.queue().name()).isEqualTo("a.host.b");
        assertThat(scoped).usingRecursiveComparison().ignoringFields("queue").isEqualTo(route);
    }

    @Test
    void routesHaveTheNamesOfThisNodesQueues() {
        var routes = List.<RouteConfig>of(route("'a.{node}'", "per-node"), route("b", "competing"));

        assertThat(Scoped.named(routes, MEMBER))
                .extracting(route -> ((InboundRoute) route).queue().name())
                .containsExactly("a.host", "b");
    }

    @Test
    void aNodeWithoutANameCannotNameAQueue() {
        var route = route("'q.{node}'", "per-node");

        assertThatThrownBy(() -> Scoped.of(route, new Node("id", null)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContainingAll("route 'r'", "Set cluster.node");
    }
}
