package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.Publisher;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.MessagePropertiesBuilder;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Of messages that came in and do not go out: a broker's client says so, and tests of routes have real ones. */
class MoveAwayTest {

    /** Takes what can be written, and answers when it is told to. */
    private static final class Wire implements Publisher {

        private final Predicate<MessageProperties> writable;
        private final Deque<Runnable> answers = new ArrayDeque<>();
        private BridgeMessage taken;

        Wire(Predicate<MessageProperties> writable) {
            this.writable = writable;
        }

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void onReady(Runnable observer) {}

        @Override
        public String obstacle() {
            return null;
        }

        @Override
        public void publish(BridgeMessage message, boolean mandatory, Handler<PublishOutcome> outcome) {
            if (writable.test(message.properties())) {
                taken = message;
                answers.add(() -> outcome.handle(PublishOutcome.Confirmed.INSTANCE));
            } else {
                answers.add(() -> outcome.handle(new PublishOutcome.Refused("no", true)));
            }
        }

        @Override
        public void declareAgain(String why) {}

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }

        void answerAll() {
            while (!answers.isEmpty()) {
                answers.remove().run();
            }
        }
    }

    private record Failed(BridgeMessage message) implements Delivery {

        @Override
        public String incomplete() {
            return null;
        }

        @Override
        public boolean redelivered() {
            return false;
        }

        @Override
        public boolean live() {
            return true;
        }

        @Override
        public void settle(Settlement settlement) {}
    }

    private static BridgeMessage moved(MessagePropertiesBuilder own, Predicate<MessageProperties> writable) {
        var wire = new Wire(writable);
        var message = new BridgeMessage("x", "k", own.messageId("m").build(), Buffer.buffer("body"));
        var done = new DeadLetter("r", "x", new Departure(wire)).take(new Undelivered(new Failed(message), "why", 1));
        wire.answerAll();
        assertThat(done.succeeded()).isTrue();
        return wire.taken;
    }

    @Test
    void whatCanBeWrittenGoesWhole() {
        var dead = moved(MessagePropertiesBuilder.ofJson().replyTo("q").header("x-own", 1), properties -> true);

        assertThat(dead.properties().replyTo()).isEqualTo("q");
        assertThat(dead.properties().headers()).containsEntry("x-own", 1).doesNotContainKey("x-busbar-left-out");
    }

    @Test
    void whatCannotBeWrittenGoesWithoutAndSaysWhat() {
        var own = MessagePropertiesBuilder.of("text/\u00fc")
                .replyTo("amq.rabbitmq.reply-to")
                .correlationId("c")
                .header("x-own", Double.NaN);

        var dead = moved(
                own,
                properties ->
                        properties.replyTo() == null && !properties.headers().containsKey("x-own"));

        assertThat(dead.body()).hasToString("body");
        assertThat(dead.properties().messageId()).isEqualTo("m");
        assertThat(dead.properties().correlationId()).isEqualTo("c");
        assertThat(dead.properties().contentType()).isNull();
        assertThat(dead.properties().headers())
                .containsEntry("x-busbar-left-out", "x-own, reply-to, content-type")
                .containsEntry("x-busbar-reason", "why")
                .containsEntry("x-busbar-routing-key", "k");
    }
}
