package dev.busbar.launch;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.Publisher;
import dev.busbar.broker.PublisherSpec;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.JsonText;
import dev.busbar.codec.MessageIds;
import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.UnreadablePayloadException;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes one message and waits for the broker's confirmation. */
@Command(
        name = "publish",
        description = "Publishes one message and waits until the broker has confirmed it. Fails if no queue takes the"
                + " message.")
final class PublishCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "KEY", description = "The routing key, e.g. builds.17.finished.")
    private String key;

    @Parameters(index = "1", paramLabel = "JSON", description = "The body; - reads it from standard input.")
    private String json;

    @Option(
            names = "--transient",
            description =
                    "Publish a transient message, which the broker need not keep on disk. Broker-J with its messages in"
                            + " memory accepts no others over AMQP 1.0.")
    private boolean inMemory;

    @Mixin
    private TargetOptions target;

    @Override
    public Integer call() throws IOException {
        var message = message();
        return CommandConnection.with(target.broker(), "busbar publish", client -> {
            var outcome = client.connect()
                    .compose(connection -> connection.publisher(new PublisherSpec("publish", List.of())))
                    .compose(publisher -> publish(publisher, message));
            return client.await(outcome, this::report);
        });
    }

    private BridgeMessage message() throws IOException {
        var properties = MessageProperties.builder()
                .messageId(new MessageIds().next())
                .contentType("application/json")
                .contentEncoding("utf-8")
                .timestamp(Instant.now())
                .persistent(!inMemory)
                .build();
        return new BridgeMessage(target.exchange().name(), checkedKey(), properties, checkedBody());
    }

    private String checkedKey() {
        try {
            return RoutingKey.parse(key).toString();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "KEY: " + e.getMessage());
        }
    }

    private Buffer checkedBody() throws IOException {
        var text = json.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip() : json;
        String problem;
        try {
            problem = JsonText.of(text).problem();
        } catch (UnreadablePayloadException e) {
            problem = e.reason();
        }
        if (problem != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "JSON: '" + text + "' is not JSON (" + firstLine(problem)
                            + "). Quote it for the shell, e.g. '{\"id\": 17}'");
        }
        return Buffer.buffer(text);
    }

    /** Returns the first line of the parser's message, without the part that describes the parser's source. */
    private static String firstLine(String problem) {
        return problem.lines().findFirst().orElse("").replaceAll(" *[(\\[]+(start marker at )?\\[?Source: .*", "");
    }

    /** Publishes once. A lost message is not sent again, so that its reason is reported, e.g. a missing exchange. */
    private Future<PublishOutcome> publish(Publisher publisher, BridgeMessage message) {
        var outcome = Promise.<PublishOutcome>promise();
        publisher.publish(message, true, outcome::tryComplete);
        return outcome.future()
                .timeout(target.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .recover(timeout -> Future.failedFuture(new BrokerException(
                        BrokerException.Kind.UNREACHABLE,
                        "the broker has not confirmed the message within "
                                + target.timeout().toSeconds() + " s (--timeout): it may have arrived")));
    }

    private int report(PublishOutcome outcome) {
        var where = "exchange '" + target.exchange().name() + "'";
        if (outcome instanceof PublishOutcome.Unroutable) {
            throw new CommandFailure("no queue takes the key '" + key + "' from " + where
                    + ": nobody has subscribed to that key there, or only on another exchange (--exchange). The message"
                    + " is lost.");
        } else if (outcome instanceof PublishOutcome.Refused refused) {
            throw new CommandFailure("the broker refuses the message: " + refused.reason());
        } else if (outcome instanceof PublishOutcome.Lost lost) {
            throw new CommandFailure("the message with the key '" + key + "' is lost: " + lost.reason());
        }
        spec.commandLine().getOut().println("confirmed: " + key + " to " + where);
        return ExitCode.OK;
    }
}
