package dev.busbar.web.sockjs;

import java.time.Instant;
import java.util.List;

/**
 * The state of a connected browser.
 *
 * @param name the user's name; {@code anonymous} if the browser has not authenticated
 * @param remote the host and port that the connection comes from, perhaps a proxy's
 * @param origin the origin of the page; {@code null} if the client is no page
 * @param transport the client's name for the transport
 * @param addresses the addresses that the browser listens to, sorted
 * @param queuedMessages messages that wait because the browser has not read them yet
 * @param queuedBytes the bytes of these messages
 * @param dropped messages that the browser has missed because it was slow
 */
public record BrowserStatus(
        String name,
        String remote,
        String origin,
        String transport,
        Instant since,
        List<String> addresses,
        int queuedMessages,
        long queuedBytes,
        long dropped) {}
