package dev.busbar.config;

import java.time.Duration;

/** How many messages may wait for one event loop. */
@ConfigSection(
        title = "Handing over",
        intro = "One event loop reads messages from the broker and hands them to the event loops that"
                + " have listeners. When half of the messages that may wait for a loop do, nothing more is"
                + " settled, so that the prefetch makes the broker wait. After `patience` the other loops go"
                + " on; the oldest messages for the slow loop are then dropped and counted, and its listeners"
                + " are told that they have missed messages.")
public record HandOverConfig(
        @ConfigKey(range = "2 to 10000000", byDefault = "20000", doc = "How many messages may wait.")
        int messages,

        @ConfigKey(
                range = "2B to 1024GiB",
                byDefault = "64MiB",
                doc = "How many bytes the encoded bodies and headers of the waiting messages may have together.")
        long bytes,

        @ConfigKey(
                range = "0s to 1h",
                byDefault = "1s",
                doc = "How long a loop whose queue is half full may hold the other loops back.")
        Duration patience) {

    public HandOverConfig {
        RecordSection.check(HandOverConfig.class, messages, bytes, patience);
    }
}
