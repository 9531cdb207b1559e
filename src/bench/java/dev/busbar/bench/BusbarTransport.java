package dev.busbar.bench;

import dev.busbar.broker.Brokers;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.Topology;
import dev.busbar.config.ConfigLoader;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** What is beneath routes, the same as a client gives: a message with its properties and bytes, to be settled. */
final class BusbarTransport {

    private BusbarTransport() {}

    static JsonObject consume(Setup setup) throws Exception {
        var meter = new Meter(setup.messages());
        var vertx = Vertx.vertx();
        var config = ConfigLoader.parse("broker: {uri: '" + setup.over10().uri() + "'}", "bench")
                .orThrow()
                .broker();
        var topology = new Topology(
                new ExchangeConfig(setup.exchange(), "topic", true, Map.of()),
                new QueueConfig(setup.queue(), QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of()),
                List.of(TopicFilter.parse("builds.*.finished")));
        var connection = Brokers.connection(vertx.getOrCreateContext(), config, "bench");
        connection
                .connect()
                .compose(connected ->
                        connection.subscribe(new SubscriptionSpec("bench", topology, Setup.PREFETCH), delivery -> {
                            if (delivery.incomplete() != null
                                    || delivery.message().body().length() == 0) {
                                Contestant.fail(new IllegalStateException("not what was sent"));
                            }
                            delivery.settle(Settlement.ACCEPTED);
                            meter.tick();
                        }))
                .onFailure(Contestant::fail);
        return meter.result();
    }
}
