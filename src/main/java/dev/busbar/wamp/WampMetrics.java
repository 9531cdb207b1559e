package dev.busbar.wamp;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** The meters of the WAMP sessions of a node. */
record WampMetrics(SessionCounts counts) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("busbar.wamp.sockets", counts, it -> it.snapshot().sockets())
                .description("WAMP sockets connected now")
                .strongReference(true)
                .register(registry);
        count(registry, "refused", "WAMP sockets refused because there were too many", WampCounts::refused);
        count(registry, "published", "events published by WAMP clients", WampCounts::published);
        count(registry, "failed", "events of WAMP clients refused here or not taken by the broker", WampCounts::failed);
        count(registry, "events", "events sent to WAMP clients", WampCounts::events);
        count(registry, "too.slow", "WAMP sockets closed because they did not read", WampCounts::tooSlow);
        count(
                registry,
                "unreadable",
                "messages in durable queues of masters that could not be decoded",
                WampCounts::unreadable);
        count(
                registry,
                "invalid",
                "messages of WAMP clients that broke the protocol and were ignored",
                WampCounts::invalid);
    }

    private void count(MeterRegistry registry, String name, String description, ToDoubleFunction<WampCounts> value) {
        FunctionCounter.builder("busbar.wamp." + name, counts, it -> value.applyAsDouble(it.snapshot()))
                .description(description)
                .register(registry);
    }
}
