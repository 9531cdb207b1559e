package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.busbar.testing.broker.EmbeddedBrokerJ;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the router refuses, and the errors with which it refuses. */
class WampRefusalsTest extends WampFixture {

    /** More bytes than the buffers of a connection hold. */
    private static final int MUCH = 1_500;

    WampRefusalsTest() {
        super(EmbeddedBrokerJ.shared());
    }

    /** WAMP asks for an ABORT when a client sends a second HELLO. */
    @Test
    void whoJoinsTwiceIsTurnedAway() {
        serve();
        var client = joined();

        client.say("[1,'realm1',{'roles':{}}]");

        aborted(client, "wamp.error.protocol_violation");
        var other = joined();
        assertThat(other.subscribe(PREFIX + "a", "{}")).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "garbage                               | wamp.error.protocol_violation",
                "[1,'realm1',{'roles':{},'x':NaN}]     | wamp.error.protocol_violation",
                "[32,1,{},'a.b']                       | wamp.error.protocol_violation",
                "[5,'signature',{}]                    | wamp.error.protocol_violation",
                "[6,{},'wamp.close.close_realm']       | wamp.error.protocol_violation",
                "[1,'realm1',{}]                       | wamp.error.protocol_violation",
                "[1,'realm2',{'roles':{}}]             | wamp.error.no_such_realm",
                "[1,'realm1',{'roles':{},'authmethods':['ticket'],'authid':'a'}] | wamp.error.no_matching_auth_method",
            })
    void whoDoesNotJoinProperlyIsTurnedAway(String message, String reason) {
        serve();
        var client = connect();

        client.say(message);

        aborted(client, reason);
    }

    private void aborted(WampClient client, String reason) {
        assertThat(client.only(3).getString(2)).isEqualTo(reason);
        assertThat(client.only(3).getJsonObject(1).getString("message")).isNotBlank();
        eventually(() -> assertThat(client.socket().isClosed()).isTrue());
    }

    @Test
    void whatIsNoTextEndsTheSessionToo() {
        serve();
        var client = joined();

        client.socket().writeBinaryMessage(Buffer.buffer("[]"));

        aborted(client, "wamp.error.protocol_violation");
    }

    @Test
    void requestsThatCannotBeAreRefusedAndTheSessionGoesOn() {
        serve();
        var client = joined();
        client.say("[32,1,{},'com.example.topic']");
        client.say("[32,2,{'match':'regex'},'" + PREFIX + "a']");
        client.say("[34,3,4711]");
        client.say("[16,4,{'acknowledge':true},'" + PREFIX + "a..b']");
        client.say("[16,5,{'acknowledge':true,'eligible':[1]},'" + PREFIX + "a']");
        client.say("[16,6,{'acknowledge':true},'" + PREFIX + "a',[1e99999999999]]");

        assertThat(client.refused(32, 1)).isEqualTo("wamp.error.invalid_uri");
        assertThat(client.refused(32, 2)).isEqualTo("wamp.error.invalid_uri");
        assertThat(client.refused(34, 3)).isEqualTo("wamp.error.no_such_subscription");
        assertThat(client.refused(16, 4)).isEqualTo("wamp.error.invalid_uri");
        assertThat(client.refused(16, 5)).isEqualTo("wamp.error.option_not_allowed");
        assertThat(client.refused(16, 6)).isEqualTo("wamp.error.invalid_argument");
        var id = client.subscribe(PREFIX + "a", "{}");
        client.unsubscribe(id);
        client.say("[34,99," + id + "]");
        assertThat(client.refused(34, 99)).isEqualTo("wamp.error.no_such_subscription");
        assertThat(client.of(8)).hasSize(7);
    }

    /** Buildbot fails when it receives an answer that it did not ask for. */
    @Test
    void whoHasNotAskedToBeToldIsNotTold() {
        serve();
        var client = joined();

        client.publish("com.example.topic", "1");
        client.say("[16,9,{'eligible':[1]},'" + PREFIX + "a']");
        client.subscribe(PREFIX + "a", "{}");

        assertThat(client.messages).extracting(it -> it.getInteger(0)).containsExactly(2, 33);
        assertThat(wamp.counts().failed()).isEqualTo(2);
    }

    @Test
    void goodbyeIsAnsweredAndTheSocketClosed() {
        serve();
        var client = joined();

        client.say("[6,{},'wamp.close.close_realm']");

        assertThat(client.only(6).getString(2)).isEqualTo("wamp.close.goodbye_and_out");
        eventually(() -> assertThat(client.socket().isClosed()).isTrue());
        eventually(() -> assertThat(wamp.counts().sockets()).isZero());
    }

    @Test
    void whatNoRoleOfTheirsPermitsIsForbidden() {
        start(config(
                "{'anonymous': 'guests', 'users': {'alice': {'secret': 'wonder', 'role': 'masters'}}}",
                "{'guests': {'listen': ['mq:builds.*.*']}, 'masters': {'listen': ['mq:#'], 'produce': ['mq:#']}}"));
        var guest = joined();
        guest.say("[32,101,{},'" + PREFIX + "changes.1.new']");
        guest.say("[32,102,{'match':'prefix'},'" + PREFIX + "builds.']");
        guest.say("[16,103,{'acknowledge':true},'" + PREFIX + "builds.1.new']");

        assertThat(guest.refused(32, 101)).isEqualTo("wamp.error.not_authorized");
        assertThat(guest.refused(32, 102)).isEqualTo("wamp.error.not_authorized");
        assertThat(guest.refused(16, 103)).isEqualTo("wamp.error.not_authorized");
        var id = guest.subscribe(PREFIX + "builds..new", "{'match':'wildcard'}");

        var alice = connect();
        alice.say("[1,'realm1',{'roles':{},'authid':'alice','authmethods':['ticket']}]");
        assertThat(alice.only(4).getString(1)).isEqualTo("ticket");
        alice.say("[5,'wonder',{}]");
        assertThat(alice.only(2).getJsonObject(2).getString("authrole")).isEqualTo("masters");
        alice.publish(PREFIX + "builds.1.new", "1");

        eventually(() -> assertThat(guest.bodies(id)).containsExactly(1));
    }

    /**
     * Otherwise every client that may subscribe could end a master's session, and take the messages kept for the
     * master.
     */
    @Test
    void onlyWhoMaySayThatAMasterHasStartedIsTakenForIt() {
        start(config(
                "{'anonymous': 'masters', 'users': {'eve': {'secret': 'apple', 'role': 'watchers'}}}",
                "{'watchers': {'listen': ['mq:#']}, 'masters': {'listen': ['mq:#'], 'produce': ['mq:masters.7.#']}}"));
        var master = joined();
        master.publishAcknowledged("org.buildbot.7.connected", "{}", "");
        var eve = connect();
        eve.say("[1,'realm1',{'roles':{},'authid':'eve','authmethods':['ticket']}]");
        eve.only(4);
        eve.say("[5,'apple',{}]");
        eve.only(2);

        eve.say("[16,901,{'acknowledge':true},'org.buildbot.7.connected']");
        master.say("[16,901,{'acknowledge':true},'org.buildbot.8.connected']");

        assertThat(eve.refused(16, 901)).isEqualTo("wamp.error.not_authorized");
        assertThat(master.refused(16, 901)).isEqualTo("wamp.error.not_authorized");
        assertThat(master.subscribe(PREFIX + "changes..new", "{'match':'wildcard'}"))
                .isPositive();
    }

    @Test
    void aSecretIsProvedWithoutBeingTold() {
        start(config(
                "{'users': {'alice': {'secret': 'wonder', 'role': 'masters'}}}", "{'masters': {'listen': ['mq:#']}}"));
        var alice = connect();
        alice.say("[1,'realm1',{'roles':{},'authid':'alice','authmethods':['ticket','wampcra']}]");
        var challenge = alice.only(4).getJsonObject(2).getString("challenge");
        assertThat(new JsonObject(challenge).getString("authid")).isEqualTo("alice");
        alice.say("[5,'" + Credentials.signature("wonder", challenge) + "',{}]");
        assertThat(alice.only(2).getJsonObject(2).getString("authmethod")).isEqualTo("wampcra");

        for (var user : List.of("alice", "bob")) {
            var mallory = connect();
            mallory.say("[1,'realm1',{'roles':{},'authid':'" + user + "','authmethods':['wampcra']}]");
            var other = mallory.only(4).getJsonObject(2).getString("challenge");
            mallory.say("[5,'" + Credentials.signature("wrong", other + "x") + "',{}]");
            aborted(mallory, "wamp.error.authentication_failed");
        }
        var nobody = connect();
        nobody.say("[1,'realm1',{'roles':{}}]");
        aborted(nobody, "wamp.error.no_matching_auth_method");
    }

    @Test
    void limitsAreKeptAndSaid() {
        serve("{'anonymous': 'masters', 'limits': {'sessions': 2, 'subscriptions': 2, 'message': '2KiB'}}");
        joined();
        var client = joined();
        assertThatThrownBy(this::connect)
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        it -> assertThat(it.getStatus()).isEqualTo(503));
        assertThat(wamp.counts().refused()).isEqualTo(1);
        client.subscribe(PREFIX + "a", "{}");
        client.subscribe(PREFIX + "b", "{}");
        client.say("[32,50,{},'" + PREFIX + "c']");
        assertThat(client.refused(32, 50)).isEqualTo("busbar.error.too_many_subscriptions");

        var tooLong = "'" + PREFIX + "a',['" + "x".repeat(2 << 10) + "']]";
        client.say("[16,51,{'acknowledge':true}," + tooLong);
        assertThat(client.refused(16, 51)).isEqualTo("wamp.error.payload_size_exceeded");
        client.say("[16,52,{}," + tooLong);
        client.say("['PUBLISH',54,{'acknowledge':true}," + tooLong);
        client.say("[NaN," + tooLong);
        client.say(tooLong);
        client.publishAcknowledged(PREFIX + "a", "{}", ",[1]");
        assertThat(wamp.counts().invalid()).isEqualTo(5);

        client.say("[16,53,{'acknowledge':true},'" + PREFIX + "a',['" + "x".repeat(1 << 20) + "']]");

        eventually(() -> assertThat(client.socket().isClosed()).isTrue());
        assertThat((int) client.socket().closeStatusCode()).isEqualTo(1009);
        assertThat(client.socket().closeReason()).contains("wamp.limits.message");
    }

    @Test
    void whoDoesNotJoinInTimeIsClosed() {
        serve("{'anonymous': 'masters', 'limits': {'helloTimeout': '200ms'}}");

        var silent = connect();

        eventually(() -> assertThat(silent.socket().closeReason()).startsWith("no session within 200 ms"));
    }

    @Test
    void whoReadsNothingIsDisconnectedAndDisturbsNobody() {
        serve("{'anonymous': 'masters', 'limits': {'queueBytes': '4MiB'}}");
        var slow = joined();
        slow.subscribe(PREFIX + "a", "{}");
        slow.socket().pause();
        var quick = joined();
        var id = quick.subscribe(PREFIX + "a", "{}");

        for (int i = 1; i <= 400; i++) {
            quick.publish(PREFIX + "a", "'" + "x".repeat(64 << 10) + "'");
            var published = i;
            if (published % 20 == 0) {
                eventually(() -> assertThat(quick.events(id).size()).isEqualTo(published));
            }
        }

        eventually(() -> assertThat(wamp.counts().tooSlow()).isEqualTo(1));
        // It would hold up the end of the test: it answers no close frame.
        slow.socket().resume();
    }

    /** The longer messages that masters may send do not change the limit of browsers on the same port. */
    @Test
    void browsersKeepALimitOfTheirOwn() {
        serve();
        var at = URI.create(url());
        var browser = done(sockets().connect(at.getPort(), at.getHost(), "/eventbus/websocket"));

        browser.writeTextMessage("{'type':'send','address':'a','body':'" + "x".repeat((1 << 20) + 1) + "'}");

        eventually(() -> assertThat(browser.isClosed()).isTrue());
        assertThat((int) browser.closeStatusCode()).isEqualTo(1009);
    }

    /** A client whose machine has failed answers no ping. */
    @Test
    void whoIsNoLongerThereIsFoundOutAndForgotten() throws Exception {
        serve("{'anonymous': 'masters', 'limits': {'pingTimeout': '1s'}}");
        var vanishing = DeafClient.connect(vertx, url());
        vanishing.say("[1,'realm1',{'roles':{}}]");
        vanishing.say("[32,1,{},'" + PREFIX + "a']");
        vanishing.isTold("[33,1,");
        vanishing.readsNothing();
        var lively = joined();
        assertThat(hub.filters()).hasSize(1);

        eventually(() -> assertThat(wamp.counts().sockets()).isEqualTo(1));

        assertThat(hub.filters()).isEmpty();
        assertThat(lively.subscribe(PREFIX + "a", "{}")).isPositive();
        // The garbage collection may last longer than the ping time-out.
        eventually(() -> assertThat(reachable(WampSession.class)).isLessThanOrEqualTo(1));
    }

    /** Pings get through however much waits. On a busy machine the client itself may pause for a second. */
    @Test
    void nobodyIsTakenForGoneBecauseOfAThinLine() {
        serve("{'anonymous': 'masters', 'limits': {'pingTimeout': '3s'}}");
        var slow = SlowClient.connect(vertx, url());
        slow.say("[1,'realm1',{'roles':{}}]");
        slow.say("[32,1,{},'" + PREFIX + "a']");
        eventually(() -> assertThat(slow.texts()).isEqualTo(2));
        var publisher = joined();
        var argument = "'" + "x".repeat(10_000) + "'";

        for (var i = 0; i < MUCH; i++) {
            publisher.publish(PREFIX + "a", argument);
        }

        await().atMost(Duration.ofMinutes(2)).until(() -> slow.texts() == MUCH + 2 || slow.isClosed());
        assertThat(slow.texts()).isEqualTo(MUCH + 2);
        assertThat(slow.pings()).isPositive();
    }

    @Test
    void nobodyIsTakenForGoneBecauseTheRouterStoodStill() throws Exception {
        serve("{'anonymous': 'masters', 'limits': {'pingTimeout': '1s'}}");
        var client = joined();

        var stillness = new ArrayList<Future<?>>();
        ((VertxInternal) vertx)
                .nettyEventLoopGroup()
                .forEach(loop -> stillness.add(loop.submit(() -> {
                    TimeUnit.MILLISECONDS.sleep(2_500);
                    return null;
                })));
        for (var loop : stillness) {
            loop.get();
        }

        assertThat(client.subscribe(PREFIX + "a", "{}")).isPositive();
        assertThat(wamp.counts().sockets()).isEqualTo(1);
    }

    /** Counts the instances in this JVM after a garbage collection. */
    private static long reachable(Class<?> type) throws Exception {
        var histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .map(line -> line.trim().split("\\s+"))
                .filter(line -> line.length > 3 && line[3].equals(type.getName()))
                .mapToLong(line -> Long.parseLong(line[1]))
                .sum();
    }

    /** Otherwise masters would find out one by one, and stop. */
    @Test
    void aBrokerThatCannotKeepWhatMastersMissIsRefusedAtTheStart() {
        assertThatThrownBy(
                        () -> serve("{'anonymous': 'masters', 'parking': {'arguments': {'overflowPolicy': 'ROUND'}}}"))
                .hasMessageStartingWith("wamp.parking: ")
                .hasMessageContaining("Set wamp.parking.arguments to");

        done(hub.close());
        serve("{'anonymous': 'masters', 'parking': {'filters': [], 'arguments': {'overflowPolicy': 'ROUND'}}}");
    }

    @Test
    void whoDoesNotSpeakItIsTold() {
        serve();
        var at = URI.create(url());
        var options = new WebSocketConnectOptions()
                .setHost(at.getHost())
                .setPort(at.getPort())
                .setURI("/wamp");
        assertThatThrownBy(() -> done(sockets().connect(options.addSubProtocol("wamp.2.msgpack"))))
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        it -> assertThat(it.getStatus()).isEqualTo(400));
        var client = vertx.createHttpClient();
        var response = done(client.request(HttpMethod.GET, at.getPort(), at.getHost(), "/wamp")
                .compose(request -> request.send())
                .compose(answer -> answer.body().map(body -> answer.statusCode() + " " + body)));
        assertThat(response).startsWith("426 This is a WAMP router");
    }
}
