package dev.busbar.config;

import java.time.Duration;

/**
 * What one WAMP session may take of this process.
 *
 * @param sessions of this node
 * @param subscriptions of one session
 * @param inFlight publications and subscriptions of one session that wait for the broker
 * @param messageBytes the longest message from a client
 * @param queueBytes that wait for a client that does not read
 * @param helloTimeout how long a socket may take to become a session
 * @param pingTimeout how long a silent socket is believed to be there
 */
public record WampLimits(
        int sessions,
        int subscriptions,
        int inFlight,
        long messageBytes,
        long queueBytes,
        Duration helloTimeout,
        Duration pingTimeout) {

    public WampLimits {
        WampLimitsSection.SESSIONS.check(sessions);
        WampLimitsSection.SUBSCRIPTIONS.check(subscriptions);
        WampLimitsSection.IN_FLIGHT.check(inFlight);
        WampLimitsSection.MESSAGE.check(messageBytes);
        WampLimitsSection.QUEUE_BYTES.check(queueBytes);
        WampLimitsSection.HELLO_TIMEOUT.check(helloTimeout);
        WampLimitsSection.PING_TIMEOUT.check(pingTimeout);
    }
}
