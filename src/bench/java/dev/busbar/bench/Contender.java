package dev.busbar.bench;

import dev.busbar.bench.Setup.Contest;

/** Who takes part in which contest; in each, the first is what the others are compared with. */
enum Contender {
    CONSUME_BLOCKING(Kind.CONSUME, "Java client, blocking, `byte[]`", BlockingClient::consume),
    CONSUME_VERTX(Kind.CONSUME, "vertx-rabbitmq-client, `Buffer`", VertxClient::consume),
    CONSUME_VERTX_AUTO(Kind.CONSUME, "vertx-rabbitmq-client, `Buffer`, acknowledged by the broker", VertxClient::auto),
    CONSUME_BUSBAR(Kind.CONSUME, "**Busbar inbound route, JSON, `request`**", BusbarRoutes::consume),
    PUBLISH_BLOCKING(Kind.PUBLISH, "Java client, blocking, `byte[]`", BlockingClient::publish),
    PUBLISH_VERTX(Kind.PUBLISH, "vertx-rabbitmq-client, publisher with confirms", VertxClient::publish),
    PUBLISH_BUSBAR(Kind.PUBLISH, "**Busbar outbound route, JSON, `request`**", BusbarRoutes::publish),
    LATENCY_BLOCKING(Kind.LATENCY, "Java client, blocking, `byte[]`", BlockingClient::latency),
    LATENCY_BUSBAR(Kind.LATENCY, "**Busbar, outbound and inbound route**", BusbarRoutes::latency),
    IDLE_APPLICATION(Kind.IDLE, "Vert.x, connected, one route", setup -> BusbarRoutes.idle(setup, 1)),
    IDLE_BUSBAR(Kind.IDLE, "**Vert.x, connected, 1,001 routes**", setup -> BusbarRoutes.idle(setup, 1_001));

    /** A contest. */
    enum Kind {
        CONSUME,
        PUBLISH,
        LATENCY,
        IDLE
    }

    final Kind kind;
    final String title;
    final Contest contest;

    Contender(Kind kind, String title, Contest contest) {
        this.kind = kind;
        this.title = title;
        this.contest = contest;
    }
}
