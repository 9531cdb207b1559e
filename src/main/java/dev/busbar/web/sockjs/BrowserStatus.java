package dev.busbar.web.sockjs;

import java.time.Instant;
import java.util.List;

/**
 * A connected browser.
 *
 * @param name who it is, {@code anonymous} if it has not said
 * @param remote host and port of whoever connected, maybe a proxy
 * @param origin of the page, or {@code null} if it is none
 * @param transport as the client calls it
 * @param addresses what it listens to, sorted
 * @param queuedMessages that it has not read yet
 * @param queuedBytes likewise
 * @param dropped messages it has missed because it was slow
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
