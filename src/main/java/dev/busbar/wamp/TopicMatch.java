package dev.busbar.wamp;

import dev.busbar.topic.TopicFilter;

/**
 * The routing keys that one subscription matches.
 *
 * @param filter the broker's filter; for a prefix that ends within a word the filter matches more keys than the
 *     subscription does
 * @param keyPrefix the beginning of every routing key that the subscription matches; empty if the filter decides alone
 * @param patternBased whether the subscription matches several topics, so that its EVENTs name theirs
 */
record TopicMatch(TopicFilter filter, String keyPrefix, boolean patternBased) {

    boolean matches(String routingKey) {
        return routingKey.startsWith(keyPrefix);
    }
}
