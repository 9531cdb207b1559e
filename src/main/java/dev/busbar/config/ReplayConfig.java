package dev.busbar.config;

import dev.busbar.topic.TopicFilter;
import java.util.List;

/** The messages that are kept for later listeners. */
@ConfigSection(
        title = "Replay",
        intro = "A listener can ask for the last messages of its filter. It gets these first and then the"
                + " new ones, with no gap and no duplicate between them.")
public record ReplayConfig(
        @ConfigKey(
                range = "0 to 1000000",
                byDefault = "100",
                doc = "How many of the last messages are kept for each filter that a listener has asked to"
                        + " replay; 0 for none.")
        int messages,

        @ConfigKey(
                range = "0B to 1024GiB",
                byDefault = "32MiB",
                doc = "How many bytes the bodies and headers of the kept messages may have, for all filters"
                        + " together; the oldest messages are dropped first. Their decoded and encoded forms take a"
                        + " few times as much memory.")
        long bytes,

        @ConfigKey(
                doc = "Filters whose messages are kept from the start. For other filters this begins with the"
                        + " first listener that asks for a replay.")
        List<TopicFilter> filters) {

    public ReplayConfig {
        filters = List.copyOf(filters);
        RecordSection.check(ReplayConfig.class, messages, bytes, filters);
    }
}
