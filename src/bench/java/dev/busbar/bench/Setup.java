package dev.busbar.bench;

import io.vertx.core.json.JsonObject;

/**
 * What a contestant is given.
 *
 * @param uri of the broker, for AMQP 0-9-1
 * @param exchange a topic exchange of its own
 * @param queue durable, bound to {@code builds.*.finished} there
 * @param messages how many to take or publish
 * @param persistent whether the broker is to keep them on disk
 */
record Setup(String uri, String exchange, String queue, int messages, boolean persistent) {

    /** Unsettled or unconfirmed at most. */
    static final int PREFETCH = 250;

    static final int WINDOW = 1_000;

    static Setup of(String[] arguments) {
        return new Setup(
                arguments[1],
                arguments[2],
                arguments[3],
                Integer.parseInt(arguments[4]),
                Boolean.parseBoolean(arguments[5]));
    }

    /** The same for AMQP 1.0, at a broker that has both on one port. */
    Setup over10() {
        return new Setup(uri.replaceFirst("^amqp:", "amqp10:"), exchange, queue, messages, persistent);
    }

    /** Something to run against the broker, returning what was measured. */
    interface Contest {
        JsonObject run(Setup setup) throws Exception;
    }
}
