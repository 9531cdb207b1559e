package dev.busbar.wamp;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** The sessions of masters and others. */
record WampMetrics(SessionCounts counts) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("busbar.wamp.sockets", counts, it -> it.snapshot().sockets())
                .description("WAMP sockets connected at present")
                .strongReference(true)
                .register(registry);
        count(registry, "refused", "sockets turned away, there being too many", WampCounts::refused);
        count(registry, "published", "events published by WAMP clients", WampCounts::published);
        count(registry, "failed", "of these, refused, or not taken by the broker", WampCounts::failed);
        count(registry, "events", "events sent to WAMP clients", WampCounts::events);
        count(registry, "too.slow", "WAMP sockets closed because they did not read", WampCounts::tooSlow);
        count(registry, "unreadable", "messages kept for a master that could not be read", WampCounts::unreadable);
        count(registry, "invalid", "messages of WAMP clients passed over as none of the protocol", WampCounts::invalid);
    }

    private void count(MeterRegistry registry, String name, String description, ToDoubleFunction<WampCounts> value) {
        FunctionCounter.builder("busbar.wamp." + name, counts, it -> value.applyAsDouble(it.snapshot()))
                .description(description)
                .register(registry);
    }
}
