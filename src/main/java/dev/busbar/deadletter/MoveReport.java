package dev.busbar.deadletter;

import java.util.List;

/**
 * What has become of messages that were to be put back or discarded.
 *
 * @param moved how many messages have left the queue as they should
 * @param remaining how many messages are left in the queue, selected or not; {@code null} if the broker does not tell
 * @param failures the messages that stay in the queue, and why; the first {@value #LISTED}
 * @param failed how many failures there are
 * @param missing tokens that were not found among the first messages of the queue: moved already, or too far behind
 * @param ended why the work ended before all was done; {@code null} if all was done
 */
public record MoveReport(
        int moved, Long remaining, List<Failure> failures, int failed, List<String> missing, String ended) {

    static final int LISTED = 100;

    /** @param key the routing key it was to be published with */
    public record Failure(String token, String key, String reason) {}

    public MoveReport {
        failures = List.copyOf(failures);
        missing = List.copyOf(missing);
    }
}
