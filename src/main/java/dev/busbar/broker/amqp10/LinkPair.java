package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.proton.ProtonLink;
import io.vertx.proton.ProtonLinkOptions;
import io.vertx.proton.ProtonQoS;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSender;
import io.vertx.proton.ProtonSession;
import java.util.Map;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;

/**
 * Pairs two links as OASIS has it ("AMQP Request-Response Messaging with Link Pairing", section 2): both links have one
 * name, run between the same two addresses, and have the property {@code paired}. All transfers are sent settled: the
 * answer tells what became of a request.
 *
 * @param sender the link for requests
 * @param receiver the link for answers, without credit yet
 */
record LinkPair(ProtonSender sender, ProtonReceiver receiver) {

    /** What a request names as the address of its answer (section 2.1). */
    static final String REPLY_TO = "$me";

    private static final Map<Symbol, Object> PAIRED = Map.of(Symbol.valueOf("paired"), true);

    /**
     * Attaches both links.
     *
     * @param node the address of the node that answers; this end has the same address
     */
    static Future<LinkPair> attach(
            Peer peer, ProtonSession session, String node, String doing, Handler<BrokerException> ended) {
        var options = new ProtonLinkOptions().setLinkName(Peer.linkName(node));
        var sender = paired(session.createSender(node, options), node);
        var receiver = paired(session.createReceiver(node, options), node);
        receiver.setPrefetch(0);
        return Links.attached(peer, sender, doing, ended, () -> sender.getRemoteTarget() != null)
                .compose(ignored ->
                        Links.attached(peer, receiver, doing, ended, () -> receiver.getRemoteSource() != null))
                .map(ignored -> new LinkPair(sender, receiver));
    }

    private static <L extends ProtonLink<L>> L paired(L link, String node) {
        var source = new Source();
        source.setAddress(node);
        var target = new Target();
        target.setAddress(node);
        link.setSource(source);
        link.setTarget(target);
        link.setProperties(PAIRED);
        return link.setQoS(ProtonQoS.AT_MOST_ONCE);
    }
}
