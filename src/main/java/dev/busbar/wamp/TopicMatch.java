package dev.busbar.wamp;

import dev.busbar.topic.TopicFilter;

/**
 * What a subscription is for.
 *
 * @param filter as the broker applies it; of a prefix that ends within a word it matches more than is wanted
 * @param begins what wanted routing keys begin with; empty for all that the filter matches
 * @param pattern whether events have to say which topic they are of
 */
record Interest(TopicFilter filter, String begins, boolean pattern) {

    boolean wants(String routingKey) {
        return routingKey.startsWith(begins);
    }
}
