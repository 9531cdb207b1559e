package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.ShutdownSignalException;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.Permission;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a RabbitMQ what the user may do, by commands that cannot succeed or have nothing to do. RabbitMQ looks at the
 * permission before it looks at the rest of a command: without the permission it answers 403, and otherwise that
 * something else is wrong. Nothing is declared, published, consumed or bound. So do RabbitMQ 3.10, 4.0 and 4.3.
 */
final class PermissionProbe {

    private static final String KEY = "busbar.check";
    private static final int MAX_WAIT_SECONDS = 10;

    private PermissionProbe() {}

    /**
     * Asks on a channel that nobody else uses, because the answer closes it.
     *
     * @return completes if the user has the permission; fails with {@code FORBIDDEN} if not
     */
    static Future<Void> ask(EventLoopRabbitMQClient channel, Permission permission) {
        return channel.call("asking for the permission to " + permission, amqp -> sendRefusable(amqp, permission))
                .<Void>mapEmpty()
                .recover(failure ->
                        isRefusal(failure, permission) ? Future.failedFuture(failure) : Future.succeededFuture());
    }

    private static boolean isRefusal(Throwable failure, Permission permission) {
        return switch (failure instanceof BrokerException known ? known.kind() : Kind.UNREACHABLE) {
            case UNREACHABLE -> true;
            // The exchange is permitted, and the key, which is none of the configuration's, is not.
            case FORBIDDEN ->
                !(permission instanceof Permission.Publish)
                        || !failure.getMessage().contains(" to topic '");
            default -> false;
        };
    }

    private static Object sendRefusable(Channel channel, Permission permission) throws IOException {
        if (permission instanceof Permission.DeclareExchange asked) {
            Map<String, Object> invalidAlternate = Map.of("alternate-exchange", 0);
            return channel.exchangeDeclare(asked.exchange(), "topic", true, false, false, invalidAlternate);
        } else if (permission instanceof Permission.DeclareQueue asked) {
            Map<String, Object> invalidExpiry = Map.of("x-expires", "never");
            return channel.queueDeclare(asked.queue(), true, false, false, invalidExpiry);
        } else if (permission instanceof Permission.Publish asked) {
            var invalidExpiration =
                    new AMQP.BasicProperties.Builder().expiration("never").build();
            channel.basicPublish(asked.exchange(), KEY, invalidExpiration, new byte[0]);
            throw refusal(channel);
        } else if (permission instanceof Permission.Consume asked) {
            Map<String, Object> invalidPriority = Map.of("x-priority", "none");
            return channel.basicConsume(asked.queue(), false, invalidPriority, new DefaultConsumer(channel));
        }
        var asked = (Permission.Bind) permission;
        // No binding has this argument.
        Map<String, Object> unique = Map.of("busbar.check", UUID.randomUUID().toString());
        return channel.queueUnbind(asked.queue(), asked.exchange(), asked.key(), unique);
    }

    /** Waits on the worker thread until the broker has closed the channel over what it was sent, and returns why. */
    private static ShutdownSignalException refusal(Channel channel) throws IOException {
        // Another command to wait for would be on its way when the channel is closed, and cross the end of the channel.
        var closed = new CompletableFuture<ShutdownSignalException>();
        channel.addShutdownListener(closed::complete);
        try {
            return closed.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the broker");
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the broker does not answer", e);
        }
    }
}
