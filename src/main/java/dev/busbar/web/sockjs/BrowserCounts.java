package dev.busbar.web.sockjs;

/**
 * The counts of all browsers' sockets of this node since it started.
 *
 * @param sockets sockets connected now
 * @param refused sockets and connections refused because there were too many
 * @param dropped messages that slow readers have missed
 * @param tooSlow sockets closed because they did not read
 */
public record BrowserCounts(long sockets, long refused, long dropped, long tooSlow) {}
