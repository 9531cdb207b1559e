package dev.busbar.deadletter;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.Fetcher;
import dev.busbar.broker.MessageSize;
import dev.busbar.broker.Publisher;
import dev.busbar.broker.PublisherSpec;
import dev.busbar.config.BusbarConfig;
import dev.busbar.delivery.ConfirmedPublisher;
import dev.busbar.delivery.Timeouts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lists the messages that routes have dead-lettered or parked, puts them back where they came from, and discards them.
 * No message is lost: each leaves its queue only when the broker has confirmed that another queue has it. A message may
 * be in both queues, under one message id, if the connection is lost between. From any thread.
 *
 * <p>To list messages, they are taken and given back: they keep their places, are marked as redelivered, and nobody
 * else gets them meanwhile. One piece of work at a time runs on each queue of a node; several nodes share a queue as
 * consumers do.
 */
public final class DeadLetters {

    /** How many messages one call lists or moves at most. */
    public static final int MAX_MESSAGES = QueueScan.MAX_HELD;

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);
    private static final String TIME_IS_UP = "the time for it is up, " + DEADLINE.toSeconds() + " s";

    /** Lends a connection for consuming and one for publishing, on their event loop. */
    public interface Connected {
        <T> Future<T> with(BiFunction<BrokerConnection, BrokerConnection, Future<T>> work);
    }

    /**
     * The first messages of a queue.
     *
     * @param depth how many messages are in the queue; {@code null} if the broker does not tell
     */
    public record Seen(Long depth, List<DeadMessage> messages) {}

    private final Vertx vertx;
    private final String user;
    private final Connected connected;
    private final SerialByKey serial = new SerialByKey();

    public DeadLetters(Vertx vertx, BusbarConfig config, Connected connected) {
        this.vertx = vertx;
        this.user = config.broker().isEmbedded()
                ? config.broker().embedded().user()
                : config.broker().uris().get(0).user();
        this.connected = connected;
    }

    /**
     * Lists the first messages of a queue.
     *
     * @param bytes how large the messages may be together, not counting the last
     */
    public Future<Seen> look(DeadLetterQueue queue, int maxMessages, long bytes) {
        return connected.with((consuming, publishing) -> inTurn(queue, consuming, depth -> {
            var seen = new Inspection(maxMessages, bytes);
            return scan(queue, consuming, seen)
                    .compose(ended -> ended != null && seen.messages.isEmpty()
                            ? Future.failedFuture(new BrokerException(Kind.UNREACHABLE, ended))
                            : Future.succeededFuture(new Seen(depth, seen.messages)));
        }));
    }

    /** Removes the selected messages for good. */
    public Future<MoveReport> discard(DeadLetterQueue queue, Selection selection) {
        return connected.with((consuming, publishing) -> inTurn(queue, consuming, depth -> {
            var tally = new MoveTally();
            var progress = progress(selection, depth);
            return scan(queue, consuming, new Discarding(progress, tally))
                    .map(ended -> tally.report(depth, progress.missing(), ended));
        }));
    }

    /**
     * Puts the selected messages back where they came from. Messages that no queue takes there stay; the work ends
     * after {@link #MAX_MESSAGES} of them.
     */
    public Future<MoveReport> requeue(DeadLetterQueue queue, Selection selection) {
        return connected.with((consuming, publishing) -> inTurn(
                queue,
                consuming,
                depth -> inTime(
                                publishing.publisher(new PublisherSpec("requeueing of " + queue.name(), List.of())),
                                Publisher::close)
                        .compose(publisher -> requeue(queue, consuming, publisher, progress(selection, depth), depth)
                                .eventually(() -> Timeouts.within(vertx, CLOSE_DEADLINE, publisher.close())))));
    }

    private Future<MoveReport> requeue(
            DeadLetterQueue queue,
            BrokerConnection consuming,
            Publisher publisher,
            SelectionProgress progress,
            Long depth) {
        var tally = new MoveTally();
        var requeueing = new Requeueing(queue, user, progress, new ConfirmedPublisher(publisher), tally);
        return scan(queue, consuming, requeueing, ended -> {
                    var obstacle = publisher.obstacle();
                    requeueing.giveUp(obstacle == null ? ended : obstacle);
                })
                .map(ended -> tally.report(depth, progress.missing(), ended));
    }

    private static SelectionProgress progress(Selection selection, Long depth) {
        return new SelectionProgress(selection, depth == null ? MAX_MESSAGES : depth);
    }

    private <T> Future<T> inTurn(DeadLetterQueue queue, BrokerConnection consuming, Function<Long, Future<T>> work) {
        return serial.run(queue.name(), () -> depth(queue, consuming).compose(work));
    }

    private static Future<Long> depth(DeadLetterQueue queue, BrokerConnection consuming) {
        if (!(consuming.state() instanceof ConnectionState.Connected)) {
            return Future.failedFuture(
                    new BrokerException(Kind.UNREACHABLE, "there is no connection to the broker at present"));
        }
        return consuming
                .depth(queue.name())
                .map(depth -> (Long) depth.messages())
                .recover(failure -> failure instanceof BrokerException known && known.kind() == Kind.REFUSED
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure));
    }

    private Future<String> scan(DeadLetterQueue queue, BrokerConnection consuming, QueueScan.Visitor visitor) {
        return scan(queue, consuming, visitor, ended -> {});
    }

    /** @param over told why the scan goes no further, before the messages that it holds go back */
    private Future<String> scan(
            DeadLetterQueue queue, BrokerConnection consuming, QueueScan.Visitor visitor, Consumer<String> over) {
        return inTime(consuming.fetcher(queue.topology()), Fetcher::close).compose(fetcher -> {
            var scan = new QueueScan(fetcher, visitor);
            var timer = vertx.setTimer(DEADLINE.toMillis(), id -> scan.giveUp(TIME_IS_UP));
            return scan.run().onSuccess(over::accept).eventually(() -> {
                vertx.cancelTimer(timer);
                return Timeouts.within(vertx, CLOSE_DEADLINE, fetcher.close());
            });
        });
    }

    /** Fails when the broker takes too long, and closes what is opened too late. */
    private static <T> Future<T> inTime(Future<T> opening, Function<T, Future<Void>> close) {
        return opening.timeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS).recover(failure -> {
            opening.onSuccess(close::apply);
            return Future.failedFuture(
                    failure instanceof TimeoutException
                            ? new BrokerException(Kind.UNREACHABLE, "the broker does not answer")
                            : failure);
        });
    }

    private static final class Inspection implements QueueScan.Visitor {

        private final int maxMessages;
        private final long maxBytes;
        private final List<DeadMessage> messages = new ArrayList<>();
        private long bytes;

        Inspection(int maxMessages, long maxBytes) {
            this.maxMessages = maxMessages;
            this.maxBytes = maxBytes;
        }

        @Override
        public boolean wantsMore() {
            return messages.size() < maxMessages && bytes < maxBytes;
        }

        @Override
        public Future<Boolean> visit(DeadMessage message) {
            messages.add(message);
            bytes += MessageSize.of(message.delivery().message());
            return Future.succeededFuture(false);
        }
    }
}
