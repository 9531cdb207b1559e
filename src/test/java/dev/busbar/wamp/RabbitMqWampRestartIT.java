package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import dev.busbar.testing.broker.RabbitMq;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The broker is killed and restarted; the sessions stay open and lose nothing. */
@ExtendWith(RabbitExtension.class)
class RabbitMqWampRestartIT extends WampFixture {

    private final RabbitNode node;

    RabbitMqWampRestartIT(@PrivateNode RabbitNode node) {
        super(new RabbitMq(node));
        this.node = node;
    }

    /** More events than a session may have in flight; the rest waits in its socket. */
    @Slow
    @Test
    void sessionsLiveOnAndWhatIsPublishedMeanwhileArrivesInOrder() {
        serve();
        var publisher = joined();
        var subscriber = joined();
        var id = subscriber.subscribe(PREFIX + "n", "{}");
        publisher.publish(PREFIX + "n", "0");
        eventually(() -> assertThat(subscriber.bodies(id)).containsExactly(0));

        node.kill();
        eventually(() -> assertThat(hub.status().consuming()).isFalse());
        IntStream.rangeClosed(1, 500).forEach(i -> publisher.publish(PREFIX + "n", "" + i));
        subscriber.say("[32,77,{'match':'wildcard'},'" + PREFIX + "m.']");
        subscriber.say("[32,78,{},'" + PREFIX + "own']");
        subscriber.publish(PREFIX + "own", "'mine'");
        node.start();

        eventually(() -> assertThat(subscriber.bodies(id)).hasSize(501));
        assertThat(subscriber.bodies(id))
                .isEqualTo(IntStream.rangeClosed(0, 500).boxed().toList());
        var own = subscriber.answer(33, 78).getLong(2);
        eventually(() -> assertThat(subscriber.bodies(own)).containsExactly("mine"));
        var pattern = subscriber.answer(33, 77).getLong(2);
        publisher.publish(PREFIX + "m.1", "'back'");
        eventually(() -> assertThat(subscriber.bodies(pattern)).containsExactly("back"));
        assertThat(publisher.messages).as("nothing that was not asked for").hasSize(1);
        assertThat(wamp.counts().sockets()).isEqualTo(2);
        assertThat(wamp.counts().failed()).isZero();
    }

    /** Buildbot would build a change twice that it received twice. */
    @Test
    void whatAMasterIsKeptComesOnceThroughTwoOutages() {
        serve();
        var publisher = joined();
        var master = joined();
        master.say("[16,901,{},'org.buildbot.7.connected']");
        var id = master.subscribe(PREFIX + "changes..new", "{'match':'wildcard'}");
        var total = 0;
        for (int outage = 0; outage < 2; outage++) {
            for (int i = 0; i < 300; i++) {
                publisher.publish(PREFIX + "changes." + total + ".new", "" + total++);
            }
            node.kill();
            for (int i = 0; i < 50; i++) {
                publisher.publish(PREFIX + "changes." + total + ".new", "" + total++);
            }
            node.start();
        }
        publisher.publish(PREFIX + "changes." + total + ".new", "" + total);

        var last = total;
        eventually(() -> assertThat(master.bodies(id)).contains(last));
        assertThat(master.bodies(id))
                .containsSubsequence(IntStream.rangeClosed(0, last).boxed().toArray());
        assertThat(master.bodies(id)).doesNotHaveDuplicates();
        assertThat(wamp.counts().failed()).isZero();
    }
}
