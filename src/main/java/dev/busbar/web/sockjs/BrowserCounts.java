package dev.busbar.web.sockjs;

/**
 * The browsers of this node taken together, those that have left too.
 *
 * @param sockets connected at present
 * @param refused sockets and connections turned away because there were too many
 * @param dropped messages that slow readers have missed
 * @param tooSlow sockets closed because they did not read
 */
public record BrowserCounts(long sockets, long refused, long dropped, long tooSlow) {}
