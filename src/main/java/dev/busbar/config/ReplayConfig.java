package dev.busbar.config;

import dev.busbar.topic.TopicFilter;
import java.util.List;

/**
 * What is kept for those who come late.
 *
 * @param messages for each filter
 * @param bytes for all filters of the node together
 * @param filters bound and kept from the start, whether or not anybody listens
 */
public record ReplayConfig(int messages, long bytes, List<TopicFilter> filters) {

    public ReplayConfig {
        ReplaySection.MESSAGES.check(messages);
        ReplaySection.BYTES.check(bytes);
        filters = List.copyOf(filters);
    }
}
