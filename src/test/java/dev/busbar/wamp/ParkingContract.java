package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.busbar.testing.broker.BrokerUnderTest;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Masters that were away get the messages that their durable queues have collected. */
public abstract class ParkingContract extends WampFixture {

    private static final String JOINING = "[1,'realm1',{'roles':{}}]";

    /** The master's id, random, so that no test finds another's queue. */
    private final String id = UUID.randomUUID().toString().substring(0, 8);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private WampClient other;

    protected ParkingContract(BrokerUnderTest broker) {
        super(broker);
    }

    @BeforeEach
    void readTheLog() {
        log.start();
        ((Logger) LoggerFactory.getLogger("dev.busbar")).addAppender(log);
    }

    @AfterEach
    void readNoMore() {
        ((Logger) LoggerFactory.getLogger("dev.busbar")).detachAppender(log);
    }

    /** Waits for the first log line with these words. */
    protected String logged(String words) {
        eventually(() -> assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains(words)));
        return log.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains(words))
                .findFirst()
                .orElseThrow();
    }

    @BeforeEach
    void beginWithAnother() {
        start("", "");
    }

    /** @param more further keys of {@code parking}, each followed by a comma */
    private void start(String more, String limits) {
        serve("{'anonymous': 'masters', 'parking': {" + more + "'filters': ['changes.*.new']}, 'limits': {" + limits
                + "}}");
        other = joined();
    }

    protected void restart(String more) {
        restart(more, "");
    }

    private void restart(String more, String limits) {
        stopServing();
        done(hub.close());
        start(more, limits);
    }

    @AfterEach
    void leaveNothing() {
        for (int number = 1; number <= 2; number++) {
            foreign.deleteQueue(queue(number));
        }
    }

    private String queue(int number) {
        return "busbar.wamp." + id + ".wildcard.changes.*.new." + number + "@" + exchange;
    }

    protected WampClient master() {
        return introduced(joined());
    }

    protected WampClient introduced(WampClient master) {
        master.say(introduction());
        return master;
    }

    private String introduction() {
        return "[16,901,{},'org.buildbot." + id + ".connected']";
    }

    /** Connects a master that subscribes and then answers nothing. */
    private DeafClient deafMaster() {
        var master = DeafClient.connect(vertx, url());
        master.say(JOINING);
        master.say(introduction());
        master.say("[32,902,{'match':'wildcard'},'" + PREFIX + "changes..new']");
        master.isTold("[33,902,");
        return master;
    }

    protected long subscribe(WampClient master) {
        return master.subscribe(PREFIX + "changes..new", "{'match':'wildcard'}");
    }

    private void tell(WampClient master, String what) {
        master.publishAcknowledged(PREFIX + "masters." + id + "." + what, "{}", ",[{}]");
    }

    private void change(int number) {
        other.publishAcknowledged(PREFIX + "changes." + number + ".new", "{}", ",[" + number + "]");
    }

    private void gone(WampClient master) {
        var before = wamp.counts().sockets();
        done(master.socket().close());
        eventually(() -> assertThat(wamp.counts().sockets()).isLessThan(before));
    }

    private void gets(WampClient master, long subscription, Integer... changes) {
        eventually(() -> assertThat(master.bodies(subscription)).contains(changes[changes.length - 1]));
        assertThat(master.bodies(subscription)).containsExactly((Object[]) changes);
    }

    @Test
    void whatCameAfterACrashIsSentOnceTheMasterIsBack() {
        var first = master();
        var before = subscribe(first);
        tell(first, "started");
        change(1);
        gets(first, before, 1);

        gone(first);
        change(2);
        change(3);
        var second = master();
        var after = subscribe(second);
        change(4);

        gets(second, after, 2, 3, 4);
        var told = second.messages.stream().map(it -> it.getInteger(0)).toList();
        assertThat(told).startsWith(2, 33, 36).doesNotContain(17);
        assertThat(second.events(after).get(0).getJsonObject(3).getString("topic"))
                .isEqualTo(PREFIX + "changes.2.new");
    }

    /** The master's machine fails: the connection is not closed, and no pong comes. */
    @Test
    void whatCameAfterAMasterVanishedIsSentOnceItIsBack() {
        restart("", "'pingTimeout': '1s'");
        var vanishing = deafMaster();

        vanishing.isTold("silent");
        assertThat(logged("Buildbot master " + id))
                .contains("wamp.limits.pingTimeout")
                .contains("restart it");
        change(1);

        var back = master();
        gets(back, subscribe(back), 1);
    }

    /** The kernel resets a connection like this when a process is killed with unread data. */
    @Test
    void aConnectionThatIsResetIsNoFaultOfTheMasters() throws Exception {
        var at = URI.create(url());
        try (var socket = new Socket(at.getHost(), at.getPort())) {
            socket.setSoLinger(true, 0);
            var out = socket.getOutputStream();
            out.write(DeafClient.HANDSHAKE.getBytes());
            for (var told = "";
                    !told.contains("\r\n\r\n");
                    told += (char) socket.getInputStream().read()) {
                // Read byte by byte, so that nothing behind the response is read.
            }
            out.write(DeafClient.frame(JOINING).getBytes());
            out.write(DeafClient.frame(introduction()).getBytes());
            eventually(() -> assertThat(wamp.counts().published()).isEqualTo(1));
        }

        eventually(() -> assertThat(wamp.counts().sockets()).isEqualTo(1));
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("wamp.limits.message"));
    }

    /** Each of Buildbot's schedulers makes a subscription of its own. */
    @Test
    void everySubscriptionToTheSameGetsAllOfIt() {
        var first = master();
        subscribe(first);
        subscribe(first);
        gone(first);
        change(1);

        var second = master();
        var one = subscribe(second);
        var two = subscribe(second);

        gets(second, one, 1);
        gets(second, two, 1);
    }

    @Test
    void mastersOfOneIdOnTwoExchangesGetTheirOwnChangesAndOnlyThose() {
        var exchange2 = exchange + "2";
        try (var beside = new Beside(exchange2)) {
            var otherThere = beside.joined();
            var here = master();
            var there = introduced(beside.joined());
            subscribe(here);
            subscribe(there);
            gone(here);
            done(there.socket().close());
            eventually(() -> assertThat(beside.openSockets()).isEqualTo(1));

            change(1);
            otherThere.publishAcknowledged(PREFIX + "changes.2.new", "{}", ",[2]");
            here = master();
            there = introduced(beside.joined());
            var subscriptionHere = subscribe(here);
            var subscriptionThere = subscribe(there);
            gets(here, subscriptionHere, 1);
            gets(there, subscriptionThere, 2);
            change(3);
            otherThere.publishAcknowledged(PREFIX + "changes.4.new", "{}", ",[4]");
            gets(here, subscriptionHere, 1, 3);
            gets(there, subscriptionThere, 2, 4);
        } finally {
            foreign.deleteQueue(queue(1) + "2");
            foreign.deleteExchange(exchange2);
        }
    }

    @Test
    void aQueueOfAnEarlierVersionIsReportedAndLeftAlone() {
        var former = "busbar.wamp." + id + ".wildcard.changes.*.new.1";
        foreign.declareQueue(former);
        foreign.publish("", former, "old");

        subscribe(master());
        assertThat(logged("of an earlier version"))
                .contains("'" + former + "'")
                .contains("'" + queue(1) + "'")
                .contains("delete the old one");
        assertThat(foreign.queueExists(former)).isTrue();
        foreign.deleteQueue(former);
    }

    @Test
    void nothingIsKeptForWhoHasStoppedCleanly() {
        var first = master();
        subscribe(first);
        tell(first, "started");
        tell(first, "stopped");
        gone(first);
        change(1);

        var second = master();
        var after = subscribe(second);
        change(2);

        gets(second, after, 2);
    }

    @Test
    void whoReportsThatItsPreviousLifeHasStoppedHasNot() {
        var first = master();
        subscribe(first);
        tell(first, "stopped");
        tell(first, "started");
        gone(first);
        change(1);

        var second = master();

        gets(second, subscribe(second), 1);
    }

    @Test
    void nothingIsKeptForWhoHasUnsubscribed() {
        var first = master();
        first.unsubscribe(subscribe(first));
        change(1);
        var after = subscribe(first);
        change(2);

        gets(first, after, 2);
    }

    @Test
    void aCleanStopCanBeTreatedLikeACrash() {
        restart("'afterStop': true,");
        var first = master();
        var subscription = subscribe(first);
        tell(first, "started");
        tell(first, "stopped");
        first.unsubscribe(subscription);
        gone(first);
        change(1);

        var second = master();

        gets(second, subscribe(second), 1);
    }

    @Test
    void aNewSessionTakesThePlaceOfAHalfOpenOne() {
        var first = master();
        var before = subscribe(first);
        change(1);
        gets(first, before, 1);

        var second = master();
        var after = subscribe(second);
        change(2);

        gets(second, after, 2);
        eventually(() -> assertThat(first.socket().isClosed()).isTrue());
        assertThat(first.bodies(before)).containsExactly(1);
    }

    @Test
    void aNewSessionOnAnotherNodeTakesThePlaceOfAHalfOpenOne() {
        var first = master();
        subscribe(first);

        var second = introduced(joinedElsewhere());
        var after = subscribe(second);
        change(1);

        gets(second, after, 1);
        eventually(() -> assertThat(first.socket().isClosed()).isTrue());
    }

    /** Messages that wait for a slow master stay at the broker. */
    @Test
    void aMasterThatDoesNotReadGetsAllThatWasNotSentElsewhere() {
        restart("", "'message': '1MiB', 'queueBytes': '4MiB'");
        var slow = deafMaster();
        slow.readsNothing();
        var sent = wamp.counts().events();
        var large = "'" + "x".repeat(900_000) + "'";
        for (int number = 1; number <= 18; number++) {
            other.publishAcknowledged(PREFIX + "changes." + number + ".new", "{}", ",[" + number + "," + large + "]");
        }

        var second = introduced(joinedElsewhere());
        var after = subscribe(second);

        eventually(() -> assertThat(second.bodies(after)).contains(18));
        sent = wamp.counts().events() - sent;
        assertThat(second.bodies(after))
                .isEqualTo(List.<Object>copyOf(
                        IntStream.rangeClosed((int) sent + 1, 18).boxed().toList()));
        slow.end();
    }

    @Test
    void aLongBacklogComesInOrderAndOutlivesTheRouter() {
        var first = master();
        subscribe(first);
        gone(first);
        var numbers = IntStream.rangeClosed(1, 1_000).boxed().toList();
        numbers.forEach(i -> other.publish(PREFIX + "changes." + i + ".new", i.toString()));
        change(1_001);
        restart("");

        var second = master();
        var after = subscribe(second);

        eventually(() -> assertThat(second.bodies(after)).hasSize(1_001));
        assertThat(second.bodies(after).subList(0, 1_000)).isEqualTo(List.<Object>copyOf(numbers));
    }

    @Test
    void noMoreIsKeptThanPermitted() {
        restart("'messages': 3,");
        var first = master();
        subscribe(first);
        gone(first);
        IntStream.rangeClosed(1, 5).forEach(this::change);

        var second = master();

        gets(second, subscribe(second), 3, 4, 5);
    }
}
