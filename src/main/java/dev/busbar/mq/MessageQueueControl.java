package dev.busbar.mq;

import static java.util.Objects.requireNonNull;

import dev.busbar.config.BusbarConfig;
import dev.busbar.verticle.InterruptibleStart;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Offers a message queue over the event bus, to code in whatever language, at {@link #ADDRESS}: JSON objects with an
 * {@code action}, answered with JSON objects, or with a failure that has the code of a {@link ControlFailure}. The user
 * guide lists the actions. Deploy it once on a node; consumers that were started over it end with it.
 */
public final class MessageQueueControl extends VerticleBase {

    /** The event bus address of requests. */
    public static final String ADDRESS = "busbar.mq";

    private final MessageQueue queue;
    private final BusbarConfig config;
    private BusConsumers consumers;

    /**
     * Makes the verticle of a message queue.
     *
     * @param queue not closed by this
     * @param config that of the queue, for the bounds and timeouts of {@code subscriptions.control}
     */
    public MessageQueueControl(MessageQueue queue, BusbarConfig config) {
        this.queue = requireNonNull(queue, "queue");
        this.config = requireNonNull(config, "config");
    }

    @Override
    public Future<?> start() {
        consumers = new BusConsumers(vertx, queue, config);
        return InterruptibleStart.of(
                context, vertx.eventBus().consumer(ADDRESS, this::asked).completion());
    }

    @Override
    public Future<?> stop() {
        return consumers.stopAll();
    }

    private void asked(Message<Object> message) {
        Future<JsonObject> answer;
        try {
            answer = answer(ControlRequest.of(message.body()));
        } catch (RuntimeException refused) {
            answer = Future.failedFuture(refused);
        }
        answer.onSuccess(message::reply).onFailure(failure -> {
            var told = told(failure);
            message.fail(told.failureCode(), told.getMessage());
        });
    }

    private Future<JsonObject> answer(ControlRequest asked) {
        return switch (asked.action()) {
            case "produce" ->
                queue.produce(asked.key(), asked.body(), asked.headers())
                        .map(done -> new JsonObject().put("confirmed", true));
            case "startConsuming" ->
                consumers
                        .start(asked.filter(), asked.text("address"), asked.optional("name"))
                        .map(id -> new JsonObject().put("consumer", id));
            case "stopConsuming" ->
                stopConsuming(asked.text("consumer")).map(stopped -> new JsonObject().put("stopped", stopped));
            case "persistentNames" ->
                Future.succeededFuture(new JsonObject().put("names", new JsonArray(queue.persistentNames())));
            default ->
                queue.removePersistent(asked.text("name")).map(removed -> new JsonObject().put("removed", removed));
        };
    }

    /** Stops a consumer on whatever node it is; one that is gone counts as stopped. */
    private Future<Boolean> stopConsuming(String id) {
        return vertx.eventBus()
                .<Boolean>request(BusConsumers.ADDRESS + id, null)
                .map(Message::body)
                .recover(failure ->
                        failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS
                                ? Future.succeededFuture(false)
                                : Future.failedFuture(failure));
    }

    private static ReplyException told(Throwable failure) {
        if (failure instanceof ReplyException known) {
            return known;
        }
        if (failure instanceof IllegalArgumentException) {
            return ControlFailure.BAD_REQUEST.because(failure.getMessage());
        }
        if (failure instanceof NameTakenException) {
            return ControlFailure.NAME_TAKEN.because(failure.getMessage());
        }
        return ControlFailure.FAILED.because(failure.getMessage() == null ? failure.toString() : failure.getMessage());
    }
}
