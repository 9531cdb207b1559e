package dev.busbar.web.sockjs;

import dev.busbar.access.Authenticator;
import dev.busbar.access.Permissions;
import dev.busbar.config.SlowReaderPolicy;
import dev.busbar.config.WebConfig;
import dev.busbar.config.WebLimits;
import dev.busbar.hub.Hub;
import dev.busbar.socket.FlushScheduler;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Vertx;
import java.util.Set;

/**
 * What the sockets of one event loop share. Confined to that event loop.
 *
 * @param browsers the counts of all sockets of the node
 * @param sockets the open sockets of this event loop, in the order in which they were opened
 */
record BrowserContext(
        Vertx vertx,
        Hub hub,
        WebConfig config,
        Authenticator authenticator,
        FlushScheduler flushes,
        Browsers browsers,
        Set<BrowserSocket> sockets) {

    WebLimits limits() {
        return config.limits();
    }

    /** Returns what happens to messages of this address that a browser does not read in time. */
    SlowReaderPolicy policy(String address) {
        return config.slowReaders().stream()
                .filter(rule -> rule.addresses().stream().anyMatch(it -> covers(it, address)))
                .findFirst()
                .map(rule -> rule.policy())
                .orElse(config.limits().whenSlow());
    }

    private static boolean covers(String rule, String address) {
        var prefix = Permissions.BROKER;
        return rule.equals(address)
                || rule.startsWith(prefix)
                        && address.startsWith(prefix)
                        && TopicFilter.parse(rule.substring(prefix.length()))
                                .covers(TopicFilter.parse(address.substring(prefix.length())));
    }
}
