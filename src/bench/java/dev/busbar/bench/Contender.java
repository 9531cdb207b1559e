package dev.busbar.bench;

import static dev.busbar.bench.SocketServer.Kind.BUSBAR;
import static dev.busbar.bench.SocketServer.Kind.ECHO;
import static dev.busbar.bench.SocketServer.Kind.ROUTER;
import static dev.busbar.bench.SocketServer.Kind.STOCK;

import dev.busbar.bench.Setup.Contest;
import java.util.Locale;

/** Who takes part in which contest; in each, the first is what the others are compared with. */
enum Contender {
    CONSUME_BLOCKING(Kind.CONSUME, "Java client, blocking, `byte[]`", BlockingClient::consume),
    CONSUME_VERTX(Kind.CONSUME, "vertx-rabbitmq-client, `Buffer`", VertxClient::consume),
    CONSUME_VERTX_AUTO(Kind.CONSUME, "vertx-rabbitmq-client, `Buffer`, acknowledged by the broker", VertxClient::auto),
    CONSUME_BUSBAR(Kind.CONSUME, "**Busbar inbound route, JSON, `request`**", BusbarRoutes::consume),
    PUBLISH_BLOCKING(Kind.PUBLISH, "Java client, blocking, `byte[]`", BlockingClient::publish),
    PUBLISH_VERTX(Kind.PUBLISH, "vertx-rabbitmq-client, publisher with confirms", VertxClient::publish),
    PUBLISH_BUSBAR(Kind.PUBLISH, "**Busbar outbound route, JSON, `request`**", BusbarRoutes::publish),
    CONSUME10_VERTX(Kind.CONSUME10, "vertx-amqp-client, bytes", AmqpVertxClient::consume),
    CONSUME10_BRIDGE(Kind.CONSUME10, "vertx-amqp-client, JSON, `request`, by hand", AmqpVertxClient::bridge),
    CONSUME10_TRANSPORT(Kind.CONSUME10, "Busbar's transport alone, `Buffer`", BusbarTransport::consume),
    CONSUME10_BUSBAR(
            Kind.CONSUME10, "**Busbar inbound route, JSON, `request`**", setup -> BusbarRoutes.consume(setup.over10())),
    PUBLISH10_VERTX(Kind.PUBLISH10, "vertx-amqp-client, `sendWithAck`, bytes", AmqpVertxClient::publish),
    PUBLISH10_BUSBAR(
            Kind.PUBLISH10,
            "**Busbar outbound route, JSON, `request`**",
            setup -> BusbarRoutes.publish(setup.over10())),
    LATENCY_BLOCKING(Kind.LATENCY, "Java client, blocking, `byte[]`", BlockingClient::latency),
    LATENCY_BUSBAR(Kind.LATENCY, "**Busbar, outbound and inbound route**", BusbarRoutes::latency),
    IDLE_APPLICATION(Kind.IDLE, "Vert.x, connected, one route", setup -> BusbarRoutes.idle(setup, 1)),
    IDLE_BUSBAR(Kind.IDLE, "**Vert.x, connected, 1,001 routes**", setup -> BusbarRoutes.idle(setup, 1_001)),
    SOCKETS_STOCK(Kind.SOCKETS, "vertx-web's SockJS bridge", setup -> SocketContests.throughput(setup, STOCK, 500)),
    SOCKETS_BUSBAR(Kind.SOCKETS, "**Busbar**", setup -> SocketContests.throughput(setup, BUSBAR, 500)),
    SOCKETS_1000_STOCK(
            Kind.SOCKETS_1000, "vertx-web's SockJS bridge", setup -> SocketContests.throughput(setup, STOCK, 1_000)),
    SOCKETS_1000_BUSBAR(Kind.SOCKETS_1000, "**Busbar**", setup -> SocketContests.throughput(setup, BUSBAR, 1_000)),
    SOCKETS_IDLE_STOCK(Kind.SOCKETS_IDLE, "vertx-web's SockJS bridge", setup -> SocketContests.idle(setup, STOCK)),
    SOCKETS_IDLE_BUSBAR(Kind.SOCKETS_IDLE, "**Busbar**", setup -> SocketContests.idle(setup, BUSBAR)),
    SOCKETS_SLOW_STOCK(Kind.SOCKETS_SLOW, "vertx-web's SockJS bridge", setup -> SocketContests.slow(setup, STOCK)),
    SOCKETS_SLOW_BUSBAR(Kind.SOCKETS_SLOW, "**Busbar**", setup -> SocketContests.slow(setup, BUSBAR)),
    WAMP_ECHO(Kind.WAMP, "bare Vert.x WebSockets, echoing", setup -> SocketContests.wamp(setup, ECHO, 1)),
    WAMP_BUSBAR(Kind.WAMP, "**Busbar**, through RabbitMQ", setup -> SocketContests.wamp(setup, ROUTER, 1)),
    WAMP_10_ECHO(Kind.WAMP_10, "bare Vert.x WebSockets, echoing", setup -> SocketContests.wamp(setup, ECHO, 10)),
    WAMP_10_BUSBAR(Kind.WAMP_10, "**Busbar**, through RabbitMQ", setup -> SocketContests.wamp(setup, ROUTER, 10)),
    WAMP_IDLE_ECHO(Kind.WAMP_IDLE, "bare Vert.x WebSockets", setup -> SocketContests.idleWamp(setup, ECHO)),
    WAMP_IDLE_BUSBAR(Kind.WAMP_IDLE, "**Busbar**", setup -> SocketContests.idleWamp(setup, ROUTER)),
    MATCHING_ONE_BY_ONE(Kind.MATCHING, "100,000 filters, one by one", setup -> Matching.measure("oneByOne")),
    MATCHING_INDEX(Kind.MATCHING, "**100,000 filters in a `TopicIndex`**", setup -> Matching.measure("trie")),
    CLUSTER_1(Kind.CLUSTER, "**Inbound route, 1 node**", setup -> ClusterContest.inbound(setup, 1)),
    CLUSTER_2(Kind.CLUSTER, "**Inbound route, `competing` on 2 nodes**", setup -> ClusterContest.inbound(setup, 2)),
    CLUSTER_3(Kind.CLUSTER, "**Inbound route, `competing` on 3 nodes**", setup -> ClusterContest.inbound(setup, 3)),
    CLUSTER_CROSSING(
            Kind.CLUSTER, "**Inbound route, 1 node, handler on another**", ClusterContest::inboundToAnotherNode),
    CLUSTER_BUS(Kind.CLUSTER, "event bus alone, handler on the same node", ClusterContest::bus),
    CLUSTER_BUS_CROSSING(Kind.CLUSTER, "event bus alone, handler on another node", ClusterContest::busToAnotherNode);

    /** A contest; those with a 10 are over AMQP 1.0. */
    enum Kind {
        CONSUME,
        PUBLISH,
        CONSUME10,
        PUBLISH10,
        LATENCY,
        IDLE,
        SOCKETS,
        SOCKETS_1000,
        SOCKETS_IDLE,
        SOCKETS_SLOW,
        WAMP,
        WAMP_10,
        WAMP_IDLE,
        MATCHING,
        CLUSTER;

        boolean over10() {
            return this == CONSUME10 || this == PUBLISH10;
        }

        /** As the command line has it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    final Kind kind;
    final String title;
    final Contest contest;

    Contender(Kind kind, String title, Contest contest) {
        this.kind = kind;
        this.title = title;
        this.contest = contest;
    }

    /** Whether the queue is to be full at the start, over AMQP 0-9-1. */
    boolean consumes() {
        return kind == Kind.CONSUME || kind == Kind.CLUSTER && this != CLUSTER_BUS && this != CLUSTER_BUS_CROSSING;
    }
}
