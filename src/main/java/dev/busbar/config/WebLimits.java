package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What one browser may take of this process.
 *
 * @param sockets of all browsers on one event loop
 * @param subscriptions of one socket
 * @param inFlight messages of one socket that wait for the broker or for a reply
 * @param frameBytes the longest message from a browser
 * @param headerBytes the headers of one HTTP request together, on the management port too
 * @param queueMessages that wait for a browser that does not read
 * @param queueBytes likewise
 * @param whenSlow what happens when that queue is full
 * @param pingTimeout how long a silent browser is believed to be there
 * @param requestTimeout how long a connection may take to send a whole request
 * @param replyTimeout how long replies are waited for, in both directions
 */
public record WebLimits(
        int sockets,
        int subscriptions,
        int inFlight,
        long frameBytes,
        long headerBytes,
        int queueMessages,
        long queueBytes,
        SlowReader whenSlow,
        Duration pingTimeout,
        Duration requestTimeout,
        Duration replyTimeout) {

    public WebLimits {
        WebLimitsSection.SOCKETS.check(sockets);
        WebLimitsSection.SUBSCRIPTIONS.check(subscriptions);
        WebLimitsSection.IN_FLIGHT.check(inFlight);
        WebLimitsSection.FRAME.check(frameBytes);
        WebLimitsSection.HEADERS.check(headerBytes);
        WebLimitsSection.QUEUE_MESSAGES.check(queueMessages);
        WebLimitsSection.QUEUE_BYTES.check(queueBytes);
        requireNonNull(whenSlow, "whenSlow");
        WebLimitsSection.PING_TIMEOUT.check(pingTimeout);
        WebLimitsSection.REQUEST_TIMEOUT.check(requestTimeout);
        WebLimitsSection.REPLY_TIMEOUT.check(replyTimeout);
    }
}
