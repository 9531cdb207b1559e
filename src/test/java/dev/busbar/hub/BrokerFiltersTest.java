package dev.busbar.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionState;
import dev.busbar.config.ConfigLoader;
import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the broker is told of the hub's filters, and that listeners get what they always did. */
class BrokerFiltersTest {

    private final Asked asked = new Asked();

    private static TopicFilter filter(String dotted) {
        return TopicFilter.parse(dotted);
    }

    private BrokerFilters filters(boolean embedded, String... pinned) {
        var filters = new BrokerFilters(embedded);
        filters.start(asked, List.of(pinned).stream().map(TopicFilter::parse).toList());
        return filters;
    }

    @Test
    void otherBrokersAreToldTheFiltersThemselves() {
        var filters = filters(false);

        filters.bind(filter("a.#.b"));
        filters.bind(filter("#.b"));
        filters.unbind(filter("a.#.b"));

        assertThat(asked.lines).containsExactly("+ a.#.b", "+ #.b", "- a.#.b");
    }

    @Test
    void theEmbeddedOneIsToldNothingBehindTheFirstHash() {
        var filters = filters(true);

        for (var one : List.of("a.*.b", "a.#", "#", "a.#.b", "a.b.#.c.#.d", "#.x", "*.#.#", "")) {
            filters.bind(filter(one));
        }

        assertThat(asked.lines).containsExactly("+ a.*.b", "+ a.#", "+ #", "+ a.b.#", "+ *.#", "+ ");
    }

    @Test
    void aWiderOneStaysAsLongAsAnybodyUsesIt() {
        var filters = filters(true, "#");
        filters.bind(filter("#.a"));
        filters.unbind(filter("#.a"));
        filters.bind(filter("b.#"));
        filters.bind(filter("b.#.c"));
        filters.unbind(filter("b.#"));
        assertThat(asked.lines).containsExactly("+ b.#");

        filters.unbind(filter("b.#.c"));
        filters.bind(filter("b.#.d"));

        assertThat(asked.lines).containsExactly("+ b.#", "- b.#", "+ b.#");
    }

    @Test
    void allWhoWaitForItFailIfItIsRefusedAndItIsAskedForAgain() {
        var filters = filters(true);
        var one = filters.bind(filter("#.a"));
        var other = filters.bind(filter("#.b"));

        asked.waiting.get("#").fail("refused");
        filters.bind(filter("#.a"));

        assertThat(one.failed()).isTrue();
        assertThat(other.failed()).isTrue();
        assertThat(asked.lines).containsExactly("+ #", "+ #");
    }

    @Test
    void listenersGetJustWhatTheirFiltersMatch() {
        var vertx = Vertx.vertx();
        var config = ConfigLoader.parse(
                        "broker: {embedded: {port: 0}}\nsubscriptions: {grace: 0s, replay: {filters: [\"r.#\"]}}",
                        "test")
                .orThrow();
        var hub = Hub.open(vertx, config).await();
        try {
            var heard = new HashMap<String, List<String>>();
            var listening = new HashMap<String, Listening>();
            for (var one : List.of("#.a.#", "#.b", "r.#.b", "r.x.#.c", "*.#.a")) {
                var keys = new CopyOnWriteArrayList<String>();
                heard.put(one, keys);
                listening.put(
                        one,
                        hub.listen(filter(one), 0, it -> keys.add(it.routingKey()))
                                .await());
            }
            produce(hub, "x.a.y", "b", "r.x.b", "nobody", "r.x.y.c");
            // The wider one of some is that of others: it stays.
            listening.get("#.b").stop().await();
            listening.get("r.#.b").stop().await();
            produce(hub, "r.a", "x.b");

            assertThat(heard)
                    .containsEntry("#.a.#", List.of("x.a.y", "r.a"))
                    .containsEntry("#.b", List.of("b", "r.x.b"))
                    .containsEntry("r.#.b", List.of("r.x.b"))
                    .containsEntry("r.x.#.c", List.of("r.x.y.c"))
                    .containsEntry("*.#.a", List.of("r.a"));
        } finally {
            hub.close().await();
            vertx.close().await();
        }
    }

    /** Returns when all that listen have got what was produced. */
    private static void produce(Hub hub, String... keys) {
        var last = Promise.<Void>promise();
        var end = hub.listen(filter("end"), 0, it -> last.tryComplete()).await();
        for (var key : keys) {
            hub.produce(RoutingKey.parse(key), 1, MultiMap.caseInsensitiveMultiMap())
                    .await();
        }
        hub.produce(RoutingKey.parse("end"), 1, MultiMap.caseInsensitiveMultiMap())
                .await();
        last.future().await();
        end.stop().await();
    }

    /** Remembers what it is asked for, and answers when it is told to. */
    private static final class Asked implements Subscription {

        private final List<String> lines = new ArrayList<>();
        private final Map<String, Promise<Void>> waiting = new HashMap<>();

        @Override
        public Future<Void> bind(TopicFilter filter) {
            lines.add("+ " + filter);
            var answer = Promise.<Void>promise();
            waiting.put(filter.toString(), answer);
            return answer.future();
        }

        @Override
        public Future<Void> unbind(TopicFilter filter) {
            lines.add("- " + filter);
            return Future.succeededFuture();
        }

        @Override
        public String queue() {
            return "q";
        }

        @Override
        public SubscriptionState state() {
            return null;
        }

        @Override
        public void onStateChange(Consumer<SubscriptionState> observer) {}

        @Override
        public void consumeAgain(String why) {}

        @Override
        public Future<Void> stop() {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }
}
