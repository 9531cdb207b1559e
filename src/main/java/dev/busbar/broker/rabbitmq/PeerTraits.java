package dev.busbar.broker.rabbitmq;

import java.util.Locale;
import java.util.Map;

/**
 * In what a broker differs from RabbitMQ, read off what it says of itself in {@code connection.start}.
 *
 * @param tellsCancelled whether it tells a consumer that its queue is gone ({@code consumer_cancel_notify})
 * @param returnsAfterNack whether an unroutable mandatory message is first refused and then returned, as Qpid Broker-J
 *     does it
 * @param absoluteExpiration whether it takes the property {@code expiration} for a time since 1970, as Qpid Broker-J
 *     does, and not for a time to live
 */
record PeerTraits(boolean tellsCancelled, boolean returnsAfterNack, boolean absoluteExpiration) {

    static final PeerTraits RABBITMQ = new PeerTraits(true, false, false);

    static PeerTraits of(Map<String, Object> serverProperties) {
        var qpid = String.valueOf(serverProperties.get("product"))
                .toLowerCase(Locale.ROOT)
                .contains("qpid");
        var capabilities = serverProperties.get("capabilities");
        var tells = capabilities instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("consumer_cancel_notify"));
        return new PeerTraits(tells, qpid, qpid);
    }
}
