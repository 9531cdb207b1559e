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
 * Looks at what routes have dead-lettered or parked, and puts it back where it came from. Whatever happens meanwhile,
 * no message is lost: each leaves its queue only when the broker has confirmed that another has it. It may be in both
 * then, under one message id, if the connection is lost between. From any thread.
 *
 * <p>To look, messages are taken and given back: they keep their places, are marked as redelivered, and for as long as
 * it takes nobody else sees them. On this node one at a time works on a queue; nodes share it as consumers do, and each
 * message is in the hands of one.
 */
public final class DeadLetters {

    /** How many messages are looked at or moved in one go. */
    public static final int MOST = QueueScan.MAX_HELD;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final String TIME_IS_UP = "the time for it is up, " + PATIENCE.toSeconds() + " s";

    /** Two connections, one for consuming and one for publishing, and their event loop. */
    public interface Connected {
        <T> Future<T> with(BiFunction<BrokerConnection, BrokerConnection, Future<T>> work);
    }

    /**
     * The first messages of a queue.
     *
     * @param depth how many there are; {@code null} if the broker does not tell
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

    /** @param bytes how large they may be together, but for the last */
    public Future<Seen> look(DeadLetterQueue queue, int most, long bytes) {
        return connected.with((consuming, publishing) -> inTurn(queue, consuming, depth -> {
            var seen = new Looking(most, bytes);
            return sweep(queue, consuming, seen)
                    .compose(ended -> ended != null && seen.messages.isEmpty()
                            ? Future.failedFuture(new BrokerException(Kind.UNREACHABLE, ended))
                            : Future.succeededFuture(new Seen(depth, seen.messages)));
        }));
    }

    /** Takes them out for good. */
    public Future<MoveReport> discard(DeadLetterQueue queue, Selection selection) {
        return connected.with((consuming, publishing) -> inTurn(queue, consuming, depth -> {
            var tally = new MoveTally();
            var progress = picking(selection, depth);
            return sweep(queue, consuming, new Discarding(progress, tally))
                    .map(ended -> tally.report(depth, progress.missing(), ended));
        }));
    }

    /**
     * Puts them back to where they came from; what no queue takes there stays. At most {@link #MOST} that cannot be put
     * back are passed over.
     */
    public Future<MoveReport> requeue(DeadLetterQueue queue, Selection selection) {
        return connected.with((consuming, publishing) -> inTurn(
                queue,
                consuming,
                depth -> soon(
                                publishing.publisher(new PublisherSpec("requeueing of " + queue.name(), List.of())),
                                Publisher::close)
                        .compose(publisher -> requeue(queue, consuming, publisher, picking(selection, depth), depth)
                                .eventually(() -> Timeouts.within(vertx, CLOSING, publisher.close())))));
    }

    private Future<MoveReport> requeue(
            DeadLetterQueue queue,
            BrokerConnection consuming,
            Publisher publisher,
            SelectionProgress progress,
            Long depth) {
        var tally = new MoveTally();
        var requeueing = new Requeueing(queue, user, progress, new ConfirmedPublisher(publisher), tally);
        return sweep(queue, consuming, requeueing, ended -> {
                    var obstacle = publisher.obstacle();
                    requeueing.giveUp(obstacle == null ? ended : obstacle);
                })
                .map(ended -> tally.report(depth, progress.missing(), ended));
    }

    private static SelectionProgress picking(Selection selection, Long depth) {
        return new SelectionProgress(selection, depth == null ? MOST : depth);
    }

    private <T> Future<T> inTurn(DeadLetterQueue queue, BrokerConnection consuming, Function<Long, Future<T>> work) {
        return serial.take(queue.name(), () -> depth(queue, consuming).compose(work));
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

    private Future<String> sweep(DeadLetterQueue queue, BrokerConnection consuming, QueueScan.Look look) {
        return sweep(queue, consuming, look, ended -> {});
    }

    /** @param over told why it goes no further, before what is held goes back */
    private Future<String> sweep(
            DeadLetterQueue queue, BrokerConnection consuming, QueueScan.Look look, Consumer<String> over) {
        return soon(consuming.fetcher(queue.topology()), Fetcher::close).compose(fetcher -> {
            var scan = new QueueScan(fetcher, look);
            var timer = vertx.setTimer(PATIENCE.toMillis(), id -> scan.giveUp(TIME_IS_UP));
            return scan.run().onSuccess(over::accept).eventually(() -> {
                vertx.cancelTimer(timer);
                return Timeouts.within(vertx, CLOSING, fetcher.close());
            });
        });
    }

    /** What comes too late is not used. */
    private static <T> Future<T> soon(Future<T> opening, Function<T, Future<Void>> close) {
        return opening.timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).recover(failure -> {
            opening.onSuccess(close::apply);
            return Future.failedFuture(
                    failure instanceof TimeoutException
                            ? new BrokerException(Kind.UNREACHABLE, "the broker does not answer")
                            : failure);
        });
    }

    private static final class Looking implements QueueScan.Look {

        private final int most;
        private final long mostBytes;
        private final List<DeadMessage> messages = new ArrayList<>();
        private long bytes;

        Looking(int most, long mostBytes) {
            this.most = most;
            this.mostBytes = mostBytes;
        }

        @Override
        public boolean wantsMore() {
            return messages.size() < most && bytes < mostBytes;
        }

        @Override
        public Future<Boolean> at(DeadMessage message) {
            messages.add(message);
            bytes += MessageSize.of(message.delivery().message());
            return Future.succeededFuture(false);
        }
    }
}
