package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.Fetcher;
import dev.busbar.broker.ReconnectPolicy;
import dev.busbar.broker.Topology;
import io.vertx.core.Future;

/** Takes messages from a queue by one credit at a time, which the broker gives back if it has no message for it. */
final class Amqp10Fetcher implements Fetcher, LinkLifecycle.Owner {

    private final LinkLifecycle life;
    private final Topology topology;
    private final String queue;
    private Fetching link;
    private String ended;

    Amqp10Fetcher(SharedAmqp10Connection connection, ReconnectPolicy policy, Topology topology) {
        this.life = new LinkLifecycle(connection, policy, this);
        this.topology = topology;
        this.queue = topology.queue().name();
    }

    Future<Void> start() {
        return life.start();
    }

    @Override
    public Future<Void> attach(LinkLifecycle.Session session) {
        if (ended != null) {
            return Future.succeededFuture();
        }
        var peer = session.peer();
        var doing = "taking from queue '" + queue + "'";
        return peer.dialect()
                .source(peer, queue)
                .compose(source ->
                        Links.receiver(peer, session.proton(), Peer.linkName(queue), source, doing, session::lost))
                .map(receiver -> {
                    link = new Fetching(
                            life.context(),
                            receiver,
                            peer.dialect(),
                            message -> peer.dialect().addressOf(message, topology, queue));
                    return null;
                });
    }

    @Override
    public void detached(String reason, boolean byBroker) {
        if (link != null && ended == null) {
            ended = reason;
            if (!byBroker) {
                link.giveBack();
            }
            link.end();
        }
    }

    @Override
    public void stateChanged() {}

    @Override
    public Future<Delivery> next() {
        if (ended != null) {
            return Future.failedFuture(over(ended));
        }
        return link.next().recover(failure -> Future.failedFuture(over(ended == null ? failure.getMessage() : ended)));
    }

    private BrokerException over(String reason) {
        return new BrokerException(Kind.UNREACHABLE, "nothing more is taken from queue '" + queue + "': " + reason);
    }

    @Override
    public String ended() {
        return ended;
    }

    @Override
    public Future<Void> close() {
        return life.stop();
    }
}
