package dev.busbar.web.metrics;

import dev.busbar.web.sockjs.BrowserCounts;
import dev.busbar.web.sockjs.Browsers;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** The meters of the browsers' sockets. */
record BrowserMetrics(Browsers browsers) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "busbar.browsers.sockets",
                        this,
                        it -> it.browsers.counts().sockets())
                .description("browsers connected now")
                .strongReference(true)
                .register(registry);
        count(
                registry,
                "refused",
                "sockets and connections refused because there were too many",
                BrowserCounts::refused);
        count(registry, "dropped", "messages that slow readers have missed", BrowserCounts::dropped);
        count(registry, "too.slow", "sockets closed because they did not read", BrowserCounts::tooSlow);
    }

    private void count(MeterRegistry registry, String name, String description, ToDoubleFunction<BrowserCounts> value) {
        FunctionCounter.builder("busbar.browsers." + name, browsers, it -> value.applyAsDouble(it.counts()))
                .description(description)
                .register(registry);
    }
}
