package dev.busbar.deadletter;

import dev.busbar.deadletter.MoveReport.Failure;
import java.util.ArrayList;
import java.util.List;

/** Counts the messages of a {@link MoveReport}. */
final class MoveTally {

    private final List<Failure> failures = new ArrayList<>();
    private int moved;
    private int failed;

    void moved() {
        moved++;
    }

    void failed(DeadMessage message, String reason) {
        failed++;
        if (failures.size() < MoveReport.LISTED) {
            failures.add(new Failure(message.token(), message.message().routingKey(), reason));
        }
    }

    /** @param before how many messages were in the queue at first; {@code null} if the broker does not tell */
    MoveReport report(Long before, List<String> missing, String ended) {
        return new MoveReport(
                moved, before == null ? null : Math.max(0, before - moved), failures, failed, missing, ended);
    }
}
