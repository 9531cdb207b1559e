package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.hub.HubMessage;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Browsers try to pass for other senders, or to answer in their place. */
class SpoofingTest {

    private static final Site SITE = new Site("""
              anonymous: guests
              roles: {guests: {listen: [news, "mq:guests.#"], produce: [told, "mq:guests.#"]}}
            """.indent(0));

    private static final List<HubMessage> PRODUCED = new CopyOnWriteArrayList<>();
    private static final List<Message<Object>> TOLD = new CopyOnWriteArrayList<>();

    static {
        SITE.hub.listen(TopicFilter.parse("#"), 0, PRODUCED::add).await();
        SITE.vertx.eventBus().consumer("told", TOLD::add);
    }

    @AfterAll
    static void stop() {
        SITE.close();
    }

    @BeforeEach
    void nothingYet() {
        PRODUCED.clear();
        TOLD.clear();
    }

    @ParameterizedTest
    @CsvSource({
        "amqp-user-id, root",
        "amqp-app-id, buildbot",
        "AMQP-User-Id, root",
        "amqp-reply-to, somebodys-queue",
        "amqp-message-id, one-that-is-to-come",
        "CC, secret.key",
        "cc, secret.key",
        "BCC, secret.key",
        "x-cc, secret.key",
        "x-busbar-routing-key, secret.key",
        "amqp-header-CC, secret.key",
        "amqp-content-type, application/x-python-serialize",
        "amqp-content-type, APPLICATION/X-YAML; charset=utf-8",
        "amqp-content-type, application/octet-stream"
    })
    void whatWouldSpeakForOthersIsRefused(String header, String value) {
        for (var address : List.of("mq:guests.1", "told")) {
            var client = SITE.raw();

            client.send("{'type':'send','address':'" + address + "','body':'x','headers':{'" + header + "':'" + value
                    + "','amqp-header-types':'" + header + "=list'},'replyAddress':'r'}");
            client.send("{'type':'send','address':'mq:guests.fence','body':1,'replyAddress':'fence'}");

            await().untilAsserted(() -> assertThat(client.received("fence")).hasSize(1));
            if (!(address.equals("told") && header.equals("amqp-header-CC"))) {
                assertThat(client.frames.get(0).getString("message")).containsIgnoringCase(header);
            }
        }
        await().untilAsserted(() -> assertThat(PRODUCED).hasSize(2));
        assertThat(PRODUCED).allSatisfy(it -> assertThat(it.routingKey()).isEqualTo("guests.fence"));
    }

    @Test
    void whatTellsOfADeliveryDoesNotReachAnybody() {
        var client = SITE.raw();
        var headers = "'headers':{'amqp-routing-key':'secret.key','amqp-exchange':'other','Amqp-Redelivered':'true',"
                + "'amqp-attempt':'9','amqp-priority':'3','amqp-correlation-id':'c','x-a':'b'}";

        client.send("{'type':'send','address':'told','body':1," + headers + "}");
        client.send("{'type':'send','address':'mq:guests.1','body':1," + headers + "}");

        await().untilAsserted(() -> assertThat(TOLD)
                .singleElement()
                .satisfies(it -> assertThat(it.headers().names())
                        .containsExactlyInAnyOrder("amqp-priority", "amqp-correlation-id", "x-a")));
        await().untilAsserted(() -> assertThat(PRODUCED).singleElement().satisfies(it -> {
            assertThat(it.routingKey()).isEqualTo("guests.1");
            assertThat(it.message().properties().headers()).containsOnlyKeys("x-a");
            assertThat(it.message().properties().correlationId()).isEqualTo("c");
        }));
    }

    /** The spelling of the header's name makes no difference. */
    @Test
    void anAuthorizationGoesNoFurther() {
        var client = SITE.raw();

        for (var name : List.of("authorization", "AUTHORIZATION", "Authorization")) {
            client.send("{'type':'send','address':'told','body':1,'headers':{'" + name + "':'Bearer secret'}}");
        }
        client.send("{'type':'send','address':'mq:guests.fence','body':1,'replyAddress':'fence'}");

        await().untilAsserted(() -> assertThat(client.received("fence")).hasSize(1));
        await().untilAsserted(() -> assertThat(PRODUCED).hasSize(1));
        assertThat(client.errors("auth_error")).hasSize(3);
        assertThat(TOLD).isEmpty();
    }

    /** Only the socket that got the request may answer, and only once. */
    @Test
    void nobodyAnswersForOthers() {
        var asked = SITE.raw();
        asked.send("{'type':'register','address':'news'}");
        await().untilAsserted(() -> {
            SITE.vertx.eventBus().send("news", "are you there?");
            assertThat(asked.received("news")).isNotEmpty();
        });
        var reply = SITE.vertx
                .eventBus()
                .<String>request("news", "who are you?", new DeliveryOptions().setSendTimeout(30_000));
        await().until(() -> question(asked) != null);
        var address = question(asked);

        var other = SITE.raw();
        for (var type : List.of("send", "publish", "register")) {
            other.send("{'type':'" + type + "','address':'" + address + "','body':'I am root'}");
        }
        await().untilAsserted(() -> assertThat(other.errors("access_denied")).hasSize(3));
        assertThat(reply.isComplete()).isFalse();

        asked.send("{'type':'send','address':'" + address + "','body':'me'}");
        assertThat(reply.await().body()).isEqualTo("me");
        asked.send("{'type':'send','address':'" + address + "','body':'again'}");
        await().untilAsserted(() -> assertThat(asked.errors("access_denied")).hasSize(1));
    }

    /** Returns the reply address of the request; {@code null} before it has arrived. */
    private static String question(BrowserClient asked) {
        return asked.received("news").stream()
                .filter(it -> it.getValue("body").equals("who are you?"))
                .map(it -> it.getString("replyAddress"))
                .findFirst()
                .orElse(null);
    }

    /** A browser's reply address is known to its socket only: it is no address of the event bus. */
    @Test
    void aReplyAddressGrantsNothing() {
        var client = SITE.raw();
        var news = new CopyOnWriteArrayList<>();
        SITE.vertx.eventBus().consumer("admin", news::add).completion().await();

        client.send("{'type':'send','address':'mq:guests.1','body':1,'replyAddress':'admin'}");
        await().untilAsserted(() -> assertThat(client.received("admin")).hasSize(1));
        await().untilAsserted(() -> assertThat(PRODUCED).hasSize(1));
        client.send("{'type':'send','address':'admin','body':1}");
        client.send("{'type':'register','address':'admin'}");

        await().untilAsserted(() -> assertThat(client.errors("access_denied")).hasSize(2));
        assertThat(news).isEmpty();
    }
}
