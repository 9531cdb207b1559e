package dev.busbar.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandlerRelayTest {

    private final Vertx vertx = Vertx.vertx();
    private final HandlerRelay relay = new HandlerRelay(vertx, "here");

    @BeforeEach
    void pass() {
        relay.relayRequests().completion().await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Message<Object> ask() {
        var options = new DeliveryOptions()
                .setHeaders(MultiMap.caseInsensitiveMultiMap().add("x", "1"))
                .setSendTimeout(30_000);
        return relay.request("here", "a", "question", options).await();
    }

    @Test
    void passesOnTheRequestAndItsReply() {
        vertx.eventBus()
                .<String>localConsumer(
                        "a",
                        message -> message.reply(
                                message.body() + message.headers().entries(),
                                new DeliveryOptions().addHeader("y", "2")));

        var reply = ask();

        assertThat(reply.body()).isEqualTo("question[x=1]");
        assertThat(reply.headers().get("y")).isEqualTo("2");
    }

    @Test
    void whatTheHandlerFailsWithComesBack() {
        vertx.eventBus().localConsumer("a", message -> message.fail(7, "no"));

        assertThatExceptionOfType(ReplyException.class).isThrownBy(this::ask).satisfies(it -> {
            assertThat(it.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
            assertThat(it.failureCode()).isEqualTo(7);
        });
    }

    /** The body's class has a codec only in the options of the handler's reply. */
    @Test
    void aReplyThatCannotBePassedBackFailsAtOnce() {
        vertx.eventBus().registerCodec(new OwnCodec());
        vertx.eventBus()
                .localConsumer("a", message -> message.reply(new Own(), new DeliveryOptions().setCodecName("own")));

        assertThatExceptionOfType(ReplyException.class)
                .isThrownBy(this::ask)
                .satisfies(it -> assertThat(it.failureType()).isEqualTo(ReplyFailure.ERROR))
                .withMessageContaining("Own");
    }

    private record Own() {}

    private static final class OwnCodec implements MessageCodec<Own, Own> {
        @Override
        public void encodeToWire(Buffer buffer, Own body) {}

        @Override
        public Own decodeFromWire(int position, Buffer buffer) {
            return new Own();
        }

        @Override
        public Own transform(Own body) {
            return body;
        }

        @Override
        public String name() {
            return "own";
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
