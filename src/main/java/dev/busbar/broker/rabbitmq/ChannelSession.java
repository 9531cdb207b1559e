package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Envelope;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.PoisonMessageGate;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.PublishOutcome.Suspicion;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Holds one open channel, from its opening to its loss. Delivery tags are shown to the outside shifted by those of
 * earlier channels, so that a tag names one delivery for the client's whole life and a stale tag is recognised.
 * Confined to the event loop.
 */
final class ChannelSession {

    private static final long RETURN_TIMEOUT_MILLIS = 500;

    private final ContextInternal context;
    private final Channel channel;
    private final PublishFrames frames;
    private final BrokerDifferences dialect;
    private final PoisonMessageGate gate;
    private final long epoch;
    private final long tagOffset;
    private final PendingConfirms<UnconfirmedPublication> pending = new PendingConfirms<>();
    /** Publications that are refused and whose {@code basic.return} is still to come. */
    private final List<UnconfirmedPublication> awaitingReturn = new ArrayList<>();

    private List<Promise<Void>> confirmWaiters = new ArrayList<>();
    private long highestTag;
    private boolean confirming;
    private boolean nacked;
    private boolean lost;
    private Suspicion suspicion = Suspicion.NONE;

    ChannelSession(
            ContextInternal context,
            Channel channel,
            PublishFrames frames,
            BrokerDifferences dialect,
            PoisonMessageGate gate,
            long epoch,
            long tagOffset) {
        this.frames = frames;
        this.dialect = dialect;
        this.gate = gate;
        this.context = context;
        this.channel = channel;
        this.epoch = epoch;
        this.tagOffset = tagOffset;
    }

    Channel channel() {
        return channel;
    }

    long epoch() {
        return epoch;
    }

    boolean confirming() {
        return confirming;
    }

    /** Notes whether the broker confirms all publications from now on. */
    void confirming(boolean confirms) {
        confirming = confirms;
    }

    /** Returns the offset of the next channel's delivery tags. */
    long nextTagOffset() {
        return tagOffset + highestTag;
    }

    /** Returns the envelope of a received message with the delivery tag shown to the outside. */
    Envelope received(Envelope envelope) {
        highestTag = Math.max(highestTag, envelope.getDeliveryTag());
        return tagOffset == 0
                ? envelope
                : new Envelope(
                        tagOffset + envelope.getDeliveryTag(),
                        envelope.isRedeliver(),
                        envelope.getExchange(),
                        envelope.getRoutingKey());
    }

    Future<Void> ack(long tag, boolean multiple) {
        return settle(tag, channelTag -> channel.basicAck(channelTag, multiple));
    }

    Future<Void> nack(long tag, boolean multiple, boolean requeue) {
        return settle(tag, channelTag -> channel.basicNack(channelTag, multiple, requeue));
    }

    Future<Void> reject(long tag) {
        return settle(tag, channelTag -> channel.basicReject(channelTag, true));
    }

    private interface Settle {
        void as(long channelTag) throws IOException;
    }

    private Future<Void> settle(long tag, Settle settle) {
        var channelTag = tag == 0 ? 0 : tag - tagOffset;
        if (lost || channelTag < 0 || (channelTag == 0 && tag != 0)) {
            return Future.failedFuture(new BrokerException(
                    BrokerException.Kind.UNREACHABLE,
                    "delivery " + tag + " belongs to an earlier connection; the broker delivers it again"));
        }
        try {
            settle.as(channelTag);
            return Future.succeededFuture();
        } catch (IOException | AlreadyClosedException e) {
            return Future.failedFuture(RabbitErrors.translate(e, "settling a delivery"));
        }
    }

    /**
     * Publishes a message on this channel.
     *
     * @param outcome called once, later, if the channel confirms; may be {@code null}
     * @return the publish sequence number; 0 on a channel that does not confirm
     */
    long publish(
            String exchange,
            String routingKey,
            boolean mandatory,
            AMQP.BasicProperties properties,
            Buffer body,
            Handler<PublishOutcome> outcome)
            throws IOException {
        var bytes = ((BufferInternal) body).getByteBuf();
        if (!confirming || !frames.write(exchange, routingKey, mandatory, properties, bytes)) {
            channel.basicPublish(exchange, routingKey, mandatory, false, properties, bytes.nioBuffer(), null);
        }
        if (!confirming) {
            return 0;
        }
        gate.sent();
        return pending.add(new UnconfirmedPublication(exchange, routingKey, mandatory, properties, outcome));
    }

    /** Assigns a {@code basic.return} to the publication that it returns. */
    void returned(ReturnedMessage message) {
        for (var publication : awaitingReturn) {
            if (publication.isReturnedAs(message)) {
                publication.returned(message);
                awaitingReturn.remove(publication);
                return;
            }
        }
        var publication = pending.find(candidate -> candidate.isReturnedAs(message));
        if (publication != null) {
            publication.returned(message);
        }
    }

    /** Passes a {@code basic.ack} or {@code basic.nack} of the broker on to the publications that it covers. */
    void confirmed(long sequence, boolean multiple, boolean ack) {
        nacked |= !ack;
        pending.confirm(sequence, multiple, publication -> {
            gate.answered();
            if (!ack && dialect.returnsAfterNack() && publication.nackedBeforeReturn()) {
                awaitReturn(publication);
            } else {
                publication.confirmed(ack);
            }
        });
        if (pending.isEmpty() && !confirmWaiters.isEmpty()) {
            var failure =
                    nacked ? new BrokerException(BrokerException.Kind.REFUSED, "the broker refused a message") : null;
            nacked = false;
            settleWaiters(failure);
        }
    }

    /** Completes when nothing is unconfirmed; fails if the broker has refused any publication since the last call. */
    Future<Void> whenConfirmed() {
        var promise = context.<Void>promise();
        confirmWaiters.add(promise);
        if (pending.isEmpty()) {
            confirmed(0, false, true);
        }
        return promise.future();
    }

    /**
     * Waits for the {@code basic.return} of a refused publication. The return mostly is in the same packet; a refusal
     * for another reason has none.
     */
    private void awaitReturn(UnconfirmedPublication publication) {
        awaitingReturn.add(publication);
        context.setTimer(RETURN_TIMEOUT_MILLIS, id -> {
            if (awaitingReturn.remove(publication)) {
                publication.confirmed(false);
            }
        });
    }

    /** Notes that the broker has closed this channel, or the connection, over something that was sent. */
    void closedByBroker(Suspicion what) {
        suspicion = what;
        if (what == Suspicion.CONNECTION) {
            gate.connectionEnded();
        }
    }

    /**
     * Ends the session: everything unconfirmed is lost.
     *
     * @return how many publications nobody has been told of, neither of their loss nor of their refusal
     */
    int lost(String reason) {
        lost = true;
        var asked = !confirmWaiters.isEmpty();
        var untold = new AtomicInteger(nacked ? 1 : 0);
        awaitingReturn.forEach(publication -> publication.confirmed(false));
        awaitingReturn.clear();
        pending.drain(publication -> {
            gate.lost();
            publication.lost(reason, suspicion);
            untold.addAndGet(publication.isAwaited() ? 0 : 1);
        });
        settleWaiters(new BrokerException(BrokerException.Kind.UNREACHABLE, reason));
        return asked ? 0 : untold.get();
    }

    private void settleWaiters(Throwable failure) {
        var waiters = confirmWaiters;
        confirmWaiters = new ArrayList<>();
        for (var waiter : waiters) {
            if (failure == null) {
                waiter.tryComplete();
            } else {
                waiter.tryFail(failure);
            }
        }
    }
}
