package dev.busbar.broker.amqp10;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.qpid.proton.amqp.messaging.Source;

/**
 * Where to consume, made by a {@link Dialect}.
 *
 * @param queue the queue's name; {@code null} if the broker names it when the link is attached
 * @param sources what to attach a receiver to, one in most cases; a broker that binds by attaching has one for each
 *     filter
 */
record Origin(String queue, List<Source> sources) {

    Origin {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a subscription needs a source");
        }
        if (queue == null && sources.size() > 1) {
            throw new IllegalArgumentException("several sources need a name together");
        }
    }

    static Origin of(String queue, Source source) {
        return new Origin(queue, List.of(requireNonNull(source)));
    }
}
