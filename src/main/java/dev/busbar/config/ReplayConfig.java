package dev.busbar.config;

import dev.busbar.topic.TopicFilter;
import java.util.List;

/** What is kept for those who come late. */
@ConfigSection(
        title = "Replay",
        intro =
                "A listener can ask for the last messages of its filter. It gets them first and then those that come, with"
                        + " no gap and no duplicate between them.")
public record ReplayConfig(
        @ConfigKey(
                range = "0 to 1000000",
                byDefault = "100",
                doc =
                        "How many of the last messages are kept for each filter somebody has asked to replay; 0 for none.")
        int messages,

        @ConfigKey(
                range = "0B to 1024GiB",
                byDefault = "32MiB",
                doc =
                        "How many bytes the bodies and headers kept may have, for all filters together; the oldest go first. What"
                                + " has been decoded and encoded of them takes a few times as much.")
        long bytes,

        @ConfigKey(
                doc =
                        "Filters kept from the start. For others keeping begins with the first listener that asks for a replay.")
        List<TopicFilter> filters) {

    public ReplayConfig {
        filters = List.copyOf(filters);
        RecordSection.check(ReplayConfig.class, messages, bytes, filters);
    }
}
