package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What clients of the router can rely on with every broker. */
public abstract class WampContract extends WampFixture {

    protected WampContract(BrokerUnderTest broker) {
        super(broker);
    }

    /** The messages that Debian's Buildbot 3.7.0 sends as it starts, and the answers that it must get. */
    @Test
    void aBuildbotMasterGetsWhatItWaitsFor() {
        serve();
        var master = connect();
        assertThat(master.socket().subProtocol()).isEqualTo("wamp.2.json");
        master.say("[1,'realm1',{'roles':{'subscriber':{'features':{}},'publisher':{'features':{}}}}]");
        assertThat(master.only(2).getJsonObject(2).getJsonObject("roles").fieldNames())
                .containsExactly("broker");

        master.say("[16,1,{},'org.buildbot.5.connected']");
        master.say("[32,2,{'match':'wildcard'},'org.buildbot.mq.masters..']");
        var subscription = master.answer(33, 2).getLong(2);
        master.say("[16,3,{'exclude_me':false},'org.buildbot.mq.masters.5.started',[{'masterid':5,'name':'m'}]]");

        eventually(() -> assertThat(master.events(subscription)).hasSize(1));
        var event = master.events(subscription).get(0);
        assertThat(event.getJsonObject(3)).isEqualTo(new JsonObject().put("topic", PREFIX + "masters.5.started"));
        assertThat(event.getJsonArray(4))
                .isEqualTo(
                        new JsonArray().add(new JsonObject().put("masterid", 5).put("name", "m")));
        assertThat(event.size()).isEqualTo(5);
        assertThat(master.messages).hasSize(3);
        assertThat(wamp.counts()).isEqualTo(new WampCounts(1, 0, 2, 0, 1, 0, 0, 0));
    }

    /** Newer releases name the realm of their configuration, by default this one. */
    @Test
    void aNewerBuildbotMasterIsWelcomeToo() {
        serve();
        var master = connect();

        master.say("[1,'buildbot',{'roles':{'subscriber':{},'publisher':{}}}]");

        assertThat(master.only(2)).hasSize(3);
    }

    @Test
    void everySubscriptionHasItsOwnIdAndEvents() {
        serve();
        var client = joined();
        var first = client.subscribe(PREFIX + "a.b", "{}");
        var second = client.subscribe(PREFIX + "a.b", "{}");
        var pattern = client.subscribe(PREFIX + "a.", "{'match':'prefix'}");
        var other = joined();
        var elsewhere = other.subscribe(PREFIX + "a.b", "{}");
        assertThat(List.of(first, second, pattern, elsewhere)).doesNotHaveDuplicates();

        var publication = other.publishAcknowledged(PREFIX + "a.b", "{'exclude_me':false}", ",['x']");

        eventually(() -> {
            for (var id : List.of(first, second, pattern)) {
                assertThat(client.bodies(id)).containsExactly("x");
            }
            assertThat(other.bodies(elsewhere)).containsExactly("x");
        });
        assertThat(client.of(36)).extracting(it -> it.getLong(2)).containsOnly(publication);
        assertThat(client.events(first).get(0).getJsonObject(3)).isEmpty();
        assertThat(client.events(pattern).get(0).getJsonObject(3).getString("topic"))
                .isEqualTo(PREFIX + "a.b");

        client.unsubscribe(first);
        other.publish(PREFIX + "a.b", "'y'");
        eventually(() -> assertThat(client.bodies(second)).containsExactly("x", "y"));
        assertThat(client.bodies(first)).containsExactly("x");
        var unsubscribed = client.messages.indexOf(client.of(35).get(0));
        assertThat(client.messages.subList(unsubscribed, client.messages.size()))
                .noneMatch(it -> it.getInteger(0) == 36 && it.getLong(1) == first);
    }

    @Test
    void thePublisherIsLeftOutUnlessItWantsItsOwn() {
        serve();
        var publisher = joined();
        var mine = publisher.subscribe(PREFIX + "a", "{}");
        var other = joined();
        var its = other.subscribe(PREFIX + "a", "{}");

        publisher.publishAcknowledged(PREFIX + "a", "{}", ",[1]");
        publisher.publishAcknowledged(PREFIX + "a", "{'exclude_me':true}", ",[2]");
        publisher.publishAcknowledged(PREFIX + "a", "{'exclude_me':false}", ",[3]");

        eventually(() -> assertThat(other.bodies(its)).containsExactly(1, 2, 3));
        eventually(() -> assertThat(publisher.bodies(mine)).containsExactly(3));
    }

    @Test
    void argumentsOfAllKindsArriveAsTheyWereSent() {
        serve();
        var client = joined();
        var id = client.subscribe(PREFIX + "a", "{}");

        for (var arguments : List.of("", ",[]", ",[1,'two',null]", ",[],{'k':1}", ",[{'a':[1.5]}]", ",[null]")) {
            client.publishAcknowledged(PREFIX + "a", "{'exclude_me':false}", arguments);
        }

        eventually(() -> assertThat(client.events(id)).hasSize(6));
        assertThat(client.events(id))
                .extracting(it -> new JsonArray(it.getList().subList(4, it.size())).encode())
                .containsExactly("[]", "[]", "[[1,\"two\",null]]", "[[],{\"k\":1}]", "[[{\"a\":[1.5]}]]", "[[null]]");
    }

    /** Browsers, routes and programs see an event with one argument as that argument, and the other way round. */
    @Test
    void othersOfTheExchangeSeeTheSame() {
        serve();
        var client = joined();
        var id = client.subscribe(PREFIX + "from.others", "{}");
        var inbox = listen("from.wamp");

        client.publish(PREFIX + "from.wamp", "{'changeid':7,'when':1400000000}");
        done(produce("from.others", new JsonObject().put("at", Instant.ofEpochSecond(1_400_000_000))));
        done(produce("from.others", Buffer.buffer("bytes")));
        done(produce("from.others", "text"));

        eventually(() -> assertThat(inbox.bodies)
                .containsExactly(new JsonObject().put("changeid", 7).put("when", 1_400_000_000)));
        eventually(() -> assertThat(client.bodies(id)).hasSize(3));
        assertThat(client.bodies(id).subList(1, 3)).containsExactly("\0Ynl0ZXM=", "text");
    }

    @Test
    void twoThousandMessagesArriveInOrder() {
        serve();
        var publisher = joined();
        var subscriber = joined();
        var id = subscriber.subscribe(PREFIX + "n..new", "{'match':'wildcard'}");

        IntStream.range(0, 2_000).forEach(i -> publisher.publish(PREFIX + "n." + i + ".new", "" + i));

        eventually(() -> assertThat(subscriber.bodies(id)).hasSize(2_000));
        assertThat(subscriber.bodies(id))
                .isEqualTo(IntStream.range(0, 2_000).boxed().toList());
        assertThat(publisher.messages).as("nothing that was not asked for").hasSize(1);
    }

    /** Buildbot publishes right after its SUBSCRIBE, without waiting for SUBSCRIBED. */
    @Test
    void whatIsPublishedAfterASubscriptionReachesItHoweverSoon() {
        serve();
        var client = joined();
        var fresh = 250;
        var each = 40;
        for (int topic = 0; topic < fresh; topic++) {
            client.say("[32," + (topic + 1) + ",{},'" + PREFIX + "fresh." + topic + "']");
            for (int i = 0; i < each; i++) {
                client.say("[16," + (topic * each + i + 1_000) + ",{'exclude_me':false},'" + PREFIX + "fresh." + topic
                        + "',[" + (topic * each + i) + "]]");
            }
        }

        eventually(() -> assertThat(client.of(36)).hasSize(fresh * each));
        assertThat(client.of(36).stream()
                        .map(event -> event.getJsonArray(4).getInteger(0))
                        .toList())
                .isEqualTo(IntStream.range(0, fresh * each).boxed().toList());
        assertThat(wamp.counts().failed()).isZero();
    }

    @Test
    void largeChangesPass() {
        serve();
        var client = joined();
        var id = client.subscribe(PREFIX + "changes..new", "{'match':'wildcard'}");
        var diff = "x".repeat(4 << 20);

        client.publish(PREFIX + "changes.1.new", "'" + diff + "'");

        eventually(() -> assertThat(client.bodies(id)).containsExactly(diff));
    }

    /** Each client subscribes to 50 of 200 topics; neighbours share most of theirs, and no two have the same. */
    @Test
    void manySessionsWithManySubscriptionsGetJustTheirsInOrder() {
        serve();
        var clients = IntStream.range(0, 200).mapToObj(session -> connect()).toList();
        for (int session = 0; session < 200; session++) {
            clients.get(session).say("[1,'realm1',{'roles':{}}]");
            for (int i = 0; i < 50; i++) {
                clients.get(session)
                        .say("[32," + (i + 1) + ",{'match':'wildcard'},'" + PREFIX + "t" + (session + i) % 200
                                + "..new']");
            }
        }
        eventually(() -> assertThat(clients).extracting(it -> it.of(33).size()).containsOnly(50));
        assertThat(hub.filters()).hasSize(200);
        var ids = clients.stream().flatMap(it -> it.of(33).stream().map(subscribed -> subscribed.getLong(2)));
        assertThat(ids).doesNotHaveDuplicates().hasSize(10_000);

        var publisher = joined();
        IntStream.range(0, 1_000).forEach(n -> publisher.publish(PREFIX + "t" + n % 200 + "." + n + ".new", "" + n));

        eventually(() -> assertThat(clients).extracting(it -> it.of(36).size()).containsOnly(250));
        for (int session = 0; session < 200; session++) {
            assertThat(received(clients.get(session), session)).isEqualTo(expected(session));
        }
        clients.forEach(it -> done(it.socket().close()));
        eventually(() -> assertThat(hub.filters()).isEmpty());
        eventually(() -> assertThat(wamp.counts().sockets()).isEqualTo(1));
    }

    private static List<Integer> expected(int session) {
        return IntStream.range(0, 1_000)
                .filter(n -> (n + 200 - session) % 200 < 50)
                .boxed()
                .toList();
    }

    /** Checks that each event came for the subscription to its topic. */
    private static List<Integer> received(WampClient client, int session) {
        var topics = new HashMap<Long, Integer>();
        client.of(33).forEach(it -> topics.put(it.getLong(2), (session + it.getInteger(1) - 1) % 200));
        return client.of(36).stream()
                .map(event -> {
                    var n = event.getJsonArray(4).getInteger(0);
                    assertThat(n % 200).isEqualTo(topics.get(event.getLong(1)));
                    return n;
                })
                .toList();
    }
}
