package dev.busbar.deadletter;

import java.util.List;

/**
 * What has become of messages that were to be put back or discarded.
 *
 * @param moved how many are where they should be, and gone from the queue
 * @param remaining how many are left in the queue, also those nobody meant; {@code null} if the broker does not tell
 * @param failures of messages that stay in the queue, the first {@value #LISTED}
 * @param failed how many failures there are
 * @param missing tokens that were not found among the first messages of the queue: moved already, or too far behind
 * @param ended why it went no further although there was more to do; {@code null} if there was not
 */
public record MoveReport(
        int moved, Long remaining, List<Failure> failures, int failed, List<String> missing, String ended) {

    static final int LISTED = 100;

    /** @param key where it was to go */
    public record Failure(String token, String key, String reason) {}

    public MoveReport {
        failures = List.copyOf(failures);
        missing = List.copyOf(missing);
    }
}
