package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Command;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.AMQChannel;
import com.rabbitmq.client.impl.AMQImpl;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * Sends requests of class {@code queue} to the broker all at once, on a channel that asks for nothing else meanwhile.
 * The broker answers in their order. If it closes the channel, it refuses the first request that has no answer, and has
 * not looked at the later ones. The Java client expects one answer at a time, so it is told of the next request with
 * each answer. Confined to the event loop.
 */
final class Pipeline {

    private record Request(Method method, String doing, Promise<Void> answer) {}

    private final ContextInternal context;
    private final ArrayDeque<Request> unanswered = new ArrayDeque<>();
    private final List<Future<Void>> answers = new ArrayList<>();
    private final Promise<Void> done;
    private Channel channel;

    /**
     * Makes a pipeline that is not sent yet.
     *
     * @param doing describes the request of an index, for its error message
     */
    Pipeline(ContextInternal context, List<? extends Method> methods, IntFunction<String> doing) {
        this.context = context;
        this.done = context.promise();
        for (int i = 0; i < methods.size(); i++) {
            var request = new Request(methods.get(i), doing.apply(i), context.promise());
            unanswered.add(request);
            answers.add(request.answer().future());
        }
    }

    /** Returns one future for each request. Fails if the broker has refused the request or has not reached it. */
    List<Future<Void>> answers() {
        return List.copyOf(answers);
    }

    /** Sends the requests. Completes when all are answered or lost. */
    Future<Void> send(Channel sentOn) {
        channel = sentOn;
        try {
            var first = true;
            for (var request : unanswered) {
                if (first) {
                    expect(sentOn.asyncCompletableRpc(request.method()));
                    first = false;
                } else {
                    sentOn.asyncRpc(request.method());
                }
            }
        } catch (IOException | ShutdownSignalException e) {
            lost(e);
        }
        if (unanswered.isEmpty()) {
            done.tryComplete();
        }
        return done.future();
    }

    private void expect(CompletableFuture<Command> answer) {
        answer.whenComplete((command, failure) -> {
            if (failure != null) {
                // Called by whichever thread closes the channel.
                context.runOnContext(ignored -> lost(failure));
            } else {
                answered();
            }
        });
    }

    /** Takes an answer, while its frame is being read: so the Java client expects the next answer before it arrives. */
    private void answered() {
        var request = unanswered.poll();
        if (request == null) {
            return;
        }
        if (!unanswered.isEmpty()) {
            var next = new CompletableFuture<Command>();
            ((AMQChannel) channel).enqueueAsyncRpc(unanswered.peek().method(), next);
            expect(next);
        }
        context.runOnContext(ignored -> {
            request.answer().complete();
            if (unanswered.isEmpty()) {
                done.tryComplete();
            }
        });
    }

    /** Fails the requests without an answer, because the channel is lost or given up. */
    void lost(Throwable cause) {
        var refusal = refusal();
        for (var request = unanswered.poll(); request != null; request = unanswered.poll()) {
            request.answer()
                    .fail(
                            refusal != null
                                    ? RabbitErrors.translate(refusal, request.doing())
                                    : new BrokerException(
                                            Kind.UNREACHABLE, "the channel was lost " + request.doing(), cause));
            refusal = null;
        }
        done.tryComplete();
    }

    /**
     * Returns the broker's reason for closing the channel, if it is about a request of class {@code queue}; else
     * {@code null}.
     */
    private ShutdownSignalException refusal() {
        var closed = channel == null ? null : channel.getCloseReason();
        if (closed == null || closed.isInitiatedByApplication()) {
            return null;
        }
        var classId = closed.getReason() instanceof AMQP.Channel.Close soft
                ? soft.getClassId()
                : closed.getReason() instanceof AMQP.Connection.Close hard ? hard.getClassId() : 0;
        return classId == AMQImpl.Queue.INDEX ? closed : null;
    }
}
