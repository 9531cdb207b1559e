package dev.busbar.broker.rabbit4;

import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonLink;
import io.vertx.proton.ProtonQoS;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSender;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.message.Message;

/** The links of one connection, attached and refused as rabbit_amqp_session:handle_attach does. */
final class ServerLinks {

    private static final String MANAGEMENT = "/management";
    private static final int MANAGEMENT_CREDIT = 8;
    private static final int CREDIT = 170;

    private final StandIn broker;
    private final Management management;
    private final Map<String, ProtonSender> answering = new HashMap<>();
    private final Map<String, String> clientEnds = new HashMap<>();

    ServerLinks(StandIn broker) {
        this.broker = broker;
        this.management = new Management(broker);
    }

    void fromClient(ProtonReceiver link) {
        mirror(link);
        link.setPrefetch(0).setAutoAccept(false);
        var address = link.getRemoteTarget().getAddress();
        if (MANAGEMENT.equals(address)) {
            fromManager(link);
        } else if (address != null) {
            broker.end(link.getSession(), "amqp:not-implemented", "the stand-in has no target " + address);
        } else {
            link.handler((delivery, message) -> {
                link.flow(1);
                delivery.disposition(broker.nodes.publish(message), true);
            });
            link.open();
            link.flow(CREDIT);
        }
    }

    private void fromManager(ProtonReceiver link) {
        if (link.getRemoteQoS() != ProtonQoS.AT_MOST_ONCE) {
            broker.end(link.getSession(), "amqp:invalid-field", "the sender of requests does not settle");
        } else if (isPaired(link)) {
            link.handler((delivery, message) -> asked(link, delivery, message));
            link.open();
            link.flow(MANAGEMENT_CREDIT);
        }
    }

    void toClient(ProtonSender link) {
        mirror(link);
        var address = link.getRemoteSource().getAddress();
        if (MANAGEMENT.equals(address)) {
            if (isPaired(link)) {
                answering.put(link.getName(), link);
                link.open();
            }
            return;
        }
        var name = address != null && address.startsWith("/queues/")
                ? ServerAddress.decode(address.substring("/queues/".length()))
                : null;
        var queue = broker.nodes.queues.get(name);
        if (queue == null) {
            broker.end(link.getSession(), "amqp:not-found", "no queue '" + name + "' in vhost '/'");
        } else if (queue.owner != null && queue.owner != link.getSession().getConnection()) {
            broker.end(link.getSession(), "amqp:resource-locked", "cannot obtain exclusive access to '" + name + "'");
        } else {
            queue.consumers.add(link);
            link.closeHandler(ignored -> queue.consumers.remove(link));
            link.sendQueueDrainHandler(ignored -> broker.nodes.pump(queue));
            link.open();
        }
    }

    private static void mirror(ProtonLink<?> link) {
        link.setSource(link.getRemoteSource());
        link.setTarget(link.getRemoteTarget());
        link.setProperties(link.getRemoteProperties());
        link.setQoS(link.getRemoteQoS());
    }

    /** Both have the property, and the address of the client's end is the same, whichever comes first. */
    private boolean isPaired(ProtonLink<?> link) {
        var properties = link.getRemoteProperties();
        if (properties == null || !Boolean.TRUE.equals(properties.get(Symbol.valueOf("paired")))) {
            broker.end(link.getSession(), "amqp:invalid-field", "expected 'paired' in the link's properties");
            return false;
        }
        var client = link instanceof ProtonReceiver
                ? ((Source) link.getRemoteSource()).getAddress()
                : link.getRemoteTarget().getAddress();
        var known = clientEnds.putIfAbsent(link.getName(), Objects.toString(client));
        if (known != null && !known.equals(Objects.toString(client))) {
            broker.end(link.getSession(), "amqp:precondition-failed", "the pair is not between the same two addresses");
            return false;
        }
        return true;
    }

    private void asked(ProtonReceiver link, ProtonDelivery delivery, Message request) {
        var answers = answering.get(link.getName());
        if (!delivery.remotelySettled()) {
            broker.end(link.getSession(), "amqp:internal-error", "the request is not settled");
        } else if (answers == null) {
            broker.end(link.getSession(), "amqp:precondition-failed", "transfer on half open management link pair");
        } else if (answers.sendQueueFull()) {
            broker.end(link.getSession(), "amqp:precondition-failed", "insufficient credit for the answer");
        } else {
            delivery.settle();
            answers.send(management.answer(request, link.getSession().getConnection()));
            if (link.getCredit() <= MANAGEMENT_CREDIT / 2) {
                link.flow(MANAGEMENT_CREDIT - link.getCredit());
            }
        }
    }
}
