package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.Shareable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A body that JSON cannot hold fails at both ends, and does not stay in flight. */
@Timeout(90)
class UnwritableTest {

    private static final int IN_FLIGHT = 3;

    private static final Site SITE = new Site("""
              anonymous: guests
              roles: {guests: {listen: [news, "mq:odd"], produce: [ask]}}
              limits: {inFlight: %d}
            """.formatted(IN_FLIGHT).indent(0));

    @AfterAll
    static void stop() {
        SITE.close();
    }

    /** An object that the event bus carries within a process, and JSON cannot hold. */
    private static final class Opaque implements Shareable {}

    private static JsonObject opaque() {
        return new JsonObject().put("handle", new Opaque());
    }

    @Test
    void aReplyThatCannotBeWrittenFailsAndLeavesItsPlace() {
        var consumer = SITE.vertx
                .eventBus()
                .consumer("ask", message -> message.reply("good".equals(message.body()) ? "fine" : opaque()));
        var client = SITE.sockjs();

        for (int i = 0; i < 2 * IN_FLIGHT; i++) {
            client.send("{'type':'send','address':'ask','body':'bad','replyAddress':'r" + i + "'}");
        }
        client.send("{'type':'send','address':'ask','body':'good','replyAddress':'last'}");

        await().untilAsserted(() -> assertThat(client.received("last")).hasSize(1));
        assertThat(client.frames).hasSize(2 * IN_FLIGHT + 1);
        assertThat(client.frames.subList(0, 2 * IN_FLIGHT)).allSatisfy(frame -> {
            assertThat(frame.getString("type")).isEqualTo("err");
            assertThat(frame.getString("failureType")).isEqualTo("ERROR");
            assertThat(frame.getString("message")).startsWith("the reply cannot be written as JSON");
        });
        consumer.unregister().await();
    }

    /** The official client writes the reply address after the body. */
    @Test
    void whoSendsABodyThatIsNestedTooDeeplyIsTold() {
        var client = SITE.raw();

        for (var address : new String[] {"ask", "mq:odd"}) {
            client.send("{'type':'send','address':'" + address + "','headers':{},'body':" + "[".repeat(920)
                    + "]".repeat(920) + ",'replyAddress':'r'}");
        }

        await().untilAsserted(() -> assertThat(client.frames).hasSize(2));
        assertThat(client.frames).allSatisfy(it -> {
            assertThat(it.getString("address")).isEqualTo("r");
            assertThat(it.getInteger("failureCode")).isEqualTo(400);
            assertThat(it.getString("message")).contains("900 levels");
        });
    }

    /** A handler that waits for the browser's answer to its reply gets a failure. */
    @Test
    void whoRepliedHearsOfItToo() {
        var asked = Promise.<Object>promise();
        var consumer = SITE.vertx
                .eventBus()
                .consumer(
                        "ask",
                        message -> message.replyAndRequest(opaque())
                                .<Object>map(it -> it.body())
                                .onComplete(asked));
        var client = SITE.raw();

        client.send("{'type':'send','address':'ask','replyAddress':'r'}");

        assertThatThrownBy(() -> asked.future().await())
                .isInstanceOfSatisfying(
                        ReplyException.class, it -> assertThat(it.failureCode()).isEqualTo(500));
        consumer.unregister().await();
    }

    @Test
    void aMessageThatCannotBeWrittenIsSaidToBeMissing() {
        var client = SITE.raw();
        client.send("{'type':'register','address':'news'}");
        await().untilAsserted(() -> {
            SITE.vertx.eventBus().publish("news", "there");
            assertThat(client.received("news")).isNotEmpty();
        });

        var asked = SITE.vertx.eventBus().request("news", opaque());

        assertThatThrownBy(asked::await)
                .isInstanceOf(ReplyException.class)
                .hasMessageContaining("cannot be written as JSON");
        await().untilAsserted(() -> assertThat(client.errors("interrupted")).hasSize(1));
        SITE.vertx.eventBus().publish("news", "after");
        await().untilAsserted(
                        () -> assertThat(client.received("news")).anyMatch(it -> "after".equals(it.getValue("body"))));
    }
}
