package dev.busbar.broker.amqp10;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.qpid.proton.amqp.messaging.Source;

/**
 * Says what to attach receivers to in order to consume a queue; made by a {@link Dialect}.
 *
 * @param queue the queue's name; {@code null} if the broker names the queue when the link is attached
 * @param sources the sources to attach receivers to, one in most cases; one for each filter where the broker binds a
 *     queue by attaching
 * @param ofExchange whether the sources are of an exchange, to which the broker binds a queue by attaching
 */
record ReceiverSources(String queue, List<Source> sources, boolean ofExchange) {

    ReceiverSources {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a subscription needs a source");
        }
        if (queue == null && sources.size() > 1) {
            throw new IllegalArgumentException("several sources need a name together");
        }
    }

    static ReceiverSources of(String queue, Source source) {
        return new ReceiverSources(queue, List.of(requireNonNull(source)), false);
    }
}
