package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Envelope;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.PublishOutcome;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * One open channel, from its opening to its loss. Delivery tags are shown to the outside shifted by those of earlier
 * channels, so that a tag names one delivery for the client's whole life and a stale one is recognised. Confined to the
 * event loop.
 */
final class ChannelSession {

    private static final long RETURN_MILLIS = 500;

    private final ContextInternal context;
    private final Channel channel;
    private final long epoch;
    private final long tagOffset;
    private final PeerTraits peer;
    private final PendingConfirms<Publication> pending = new PendingConfirms<>();
    /** Refused, and perhaps about to be returned. */
    private final ArrayDeque<Publication> refused = new ArrayDeque<>();

    private List<Promise<Void>> confirmWaiters = new ArrayList<>();
    private long highestTag;
    private boolean confirming;
    private boolean nacked;
    private boolean lost;
    private boolean closedByBroker;

    ChannelSession(ContextInternal context, Channel channel, PeerTraits peer, long epoch, long tagOffset) {
        this.context = context;
        this.channel = channel;
        this.peer = peer;
        this.epoch = epoch;
        this.tagOffset = tagOffset;
    }

    PeerTraits peer() {
        return peer;
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

    /** All publications from now on are confirmed by the broker. */
    void confirming(boolean confirms) {
        confirming = confirms;
    }

    /** Where the tags of the next channel begin. */
    long nextTagOffset() {
        return tagOffset + highestTag;
    }

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
        return settle(tag, real -> channel.basicAck(real, multiple));
    }

    Future<Void> nack(long tag, boolean multiple, boolean requeue) {
        return settle(tag, real -> channel.basicNack(real, multiple, requeue));
    }

    private interface Settle {
        void as(long channelTag) throws IOException;
    }

    private Future<Void> settle(long tag, Settle settle) {
        var real = tag == 0 ? 0 : tag - tagOffset;
        if (lost || real < 0 || (real == 0 && tag != 0)) {
            return Future.failedFuture(new BrokerException(
                    BrokerException.Kind.UNREACHABLE,
                    "delivery " + tag + " belongs to an earlier connection; the broker delivers it again"));
        }
        try {
            settle.as(real);
            return Future.succeededFuture();
        } catch (IOException | AlreadyClosedException e) {
            return Future.failedFuture(RabbitErrors.translate(e, "settling a delivery"));
        }
    }

    /**
     * @param outcome told once, later, if the channel confirms; may be {@code null}
     * @return the publish sequence number, 0 on a channel that does not confirm
     */
    long publish(
            String exchange,
            String routingKey,
            boolean mandatory,
            AMQP.BasicProperties properties,
            Buffer body,
            Handler<PublishOutcome> outcome)
            throws IOException {
        var bytes = ((BufferInternal) body).getByteBuf().nioBuffer();
        channel.basicPublish(exchange, routingKey, mandatory, false, properties, bytes, null);
        return confirming ? pending.add(new Publication(exchange, routingKey, mandatory, properties, outcome)) : 0;
    }

    void returned(ReturnedMessage message) {
        var reason = "no queue takes key '" + message.routingKey() + "' of exchange '" + message.exchange() + "' ("
                + message.replyCode() + " " + message.replyText() + ")";
        for (var publication : refused) {
            if (publication.isReturnedAs(message)) {
                refused.remove(publication);
                publication.returned(reason);
                publication.confirmed(false);
                return;
            }
        }
        var publication = pending.find(candidate -> candidate.isReturnedAs(message));
        if (publication != null) {
            publication.returned(reason);
        }
    }

    void confirmed(long sequence, boolean multiple, boolean ack) {
        nacked |= !ack;
        pending.confirm(sequence, multiple, publication -> {
            if (!ack && peer.returnsAfterNack() && publication.mayReturn()) {
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

    private void awaitReturn(Publication publication) {
        refused.add(publication);
        context.setTimer(RETURN_MILLIS, id -> {
            if (refused.remove(publication)) {
                publication.confirmed(false);
            }
        });
    }

    /** Completes when nothing is unconfirmed; fails if the broker refused any since it was last asked. */
    Future<Void> whenConfirmed() {
        var promise = context.<Void>promise();
        confirmWaiters.add(promise);
        if (pending.isEmpty()) {
            confirmed(0, false, true);
        }
        return promise.future();
    }

    /** The broker has closed this channel alone, for a reason of its own. */
    void closedByBroker() {
        closedByBroker = true;
    }

    /** Everything unconfirmed is lost. */
    void lost(String reason) {
        lost = true;
        pending.drain(publication -> publication.lost(reason, closedByBroker));
        settleWaiters(new BrokerException(BrokerException.Kind.UNREACHABLE, reason));
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
