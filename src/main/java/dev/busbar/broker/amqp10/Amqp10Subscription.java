package dev.busbar.broker.amqp10;

import dev.busbar.broker.AwaitingStart;
import dev.busbar.broker.Bindings;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.ObservedState;
import dev.busbar.broker.ReconnectPolicy;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.SubscriptionState;
import dev.busbar.broker.Topology;
import dev.busbar.config.QueueLife;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Source;

/** Consumes a queue in a session of its own; declares, binds and attaches anew in each session. */
final class Amqp10Subscription implements Subscription, LinkLifecycle.Owner {

    private final LinkLifecycle life;
    private final SubscriptionSpec spec;
    private final Handler<Delivery> handler;
    private final Bindings bindings;
    private final Amqp10TopologyWatch watch;
    private final CreditRenewal creditRenewal;
    private final List<Receiving> links = new ArrayList<>();
    private final ObservedState state = new ObservedState();
    private final AwaitingStart start;
    private volatile String queue;
    private Peer generatedFor;
    private String generatedName;
    private boolean rebound;
    /** Whether links are being attached to an exchange, which may end the session. */
    private boolean attachingToExchange;

    private boolean stopping;

    Amqp10Subscription(
            SharedAmqp10Connection connection,
            ReconnectPolicy policy,
            SubscriptionSpec spec,
            Handler<Delivery> handler) {
        this.life = new LinkLifecycle(connection, policy, this);
        this.spec = spec;
        this.handler = handler;
        this.bindings = new Bindings(
                life.context(),
                spec.name(),
                spec.topology().filters(),
                new Amqp10Bindings(life, spec.topology(), this::queue, this::declared));
        this.watch = new Amqp10TopologyWatch(life.context().owner(), spec.topology(), bindings);
        this.creditRenewal = new CreditRenewal(life.context().owner());
        this.queue = spec.topology().queue().name();
        this.start = AwaitingStart.of(spec, life.context().promise());
    }

    /**
     * Starts to consume. Where it {@link SubscriptionSpec#startsEarly starts early}, completes too if something that
     * others declare does not exist yet: the subscription looks for it again and again.
     */
    Future<Void> start() {
        return start.with(life.start());
    }

    @Override
    public Future<Void> attach(LinkLifecycle.Session session) {
        if (stopping) {
            return Future.succeededFuture();
        }
        var peer = session.peer();
        if (peer != generatedFor) {
            // The queue of a lost connection may still exist for a while.
            generatedFor = peer;
            generatedName = Peer.linkName("busbar");
        }
        // First, as it may refuse: then nothing has been declared.
        var properties = peer.dialect().linkProperties(spec.consumer());
        var topology = spec.topologyNow().bound(bindings.declared());
        attachingToExchange = false;
        return sources(peer, topology).compose(sources -> {
            attachingToExchange = sources.ofExchange();
            var attached = Future.<Void>succeededFuture();
            for (var source : sources.sources()) {
                attached = attached.compose(ignored -> attach(session, source, sources, properties));
            }
            return attached.onSuccess(ignored -> {
                attachingToExchange = false;
                if (stopping || !session.present()) {
                    return;
                }
                var all = List.copyOf(links);
                all.forEach(link -> link.begin(handler));
                var creditMillis = peer.dialect().creditMillis(topology);
                if (creditMillis > 0) {
                    creditRenewal.watch(all, creditMillis);
                }
            });
        });
    }

    @Override
    public Throwable explained(Throwable failure) {
        return start.explained(attachingToExchange ? spec.topology().exchangeExplained(failure) : failure);
    }

    private Future<ReceiverSources> sources(Peer peer, Topology topology) {
        return peer.dialect().provide(peer, topology, generatedName, rebound);
    }

    private Future<Void> attach(
            LinkLifecycle.Session session, Source source, ReceiverSources sources, Map<Symbol, Object> properties) {
        var peer = session.peer();
        var doing = "consuming queue '" + (sources.queue() == null ? spec.name() : sources.queue()) + "'";
        return Links.receiver(
                        peer, session.proton(), Peer.linkName(spec.name()), source, properties, doing, session::lost)
                .map(receiver -> {
                    var name = sources.queue() == null ? receiver.getRemoteAddress() : sources.queue();
                    if (!session.present()) {
                        // One of several links was lost while the next one was attached.
                        return null;
                    }
                    queue = name;
                    links.add(new Receiving(
                            life.context(),
                            receiver,
                            Math.max(1, spec.prefetch() / sources.sources().size()),
                            peer.dialect(),
                            message -> peer.dialect().addressOf(message, spec.topology(), name)));
                    return null;
                });
    }

    @Override
    public void detached(String reason, boolean byBroker) {
        watch.end();
        creditRenewal.end();
        if (!byBroker) {
            links.forEach(Receiving::giveBack);
        }
        links.forEach(Receiving::end);
        links.clear();
    }

    @Override
    public void stateChanged() {
        var now = life.state();
        if (now instanceof ConnectionState.Connected && !stopping) {
            watch.watch(life.session(), queue);
            bindings.connected();
        } else {
            bindings.disconnected();
        }
        if (stopping || now instanceof ConnectionState.Closed || now instanceof ConnectionState.Closing) {
            bindings.end("stopped");
            state.change(new SubscriptionState.Stopped());
        } else if (now instanceof ConnectionState.Connected) {
            state.change(new SubscriptionState.Active());
        } else if (now instanceof ConnectionState.Waiting waiting) {
            state.change(new SubscriptionState.Recovering(waiting.cause().getMessage()));
            start.waits(waiting.cause());
        }
    }

    @Override
    public String queue() {
        return queue;
    }

    @Override
    public SubscriptionState state() {
        return state.present(life.connection().obstacle());
    }

    @Override
    public void onStateChange(Consumer<SubscriptionState> observer) {
        state.observe(observer);
    }

    @Override
    public Future<Void> bind(TopicFilter filter) {
        return onLoop(() -> bindings.bind(filter));
    }

    @Override
    public Future<Void> unbind(TopicFilter filter) {
        return onLoop(() -> bindings.unbind(filter));
    }

    private Future<Void> onLoop(Supplier<Future<Void>> change) {
        var promise = life.context().<Void>promise();
        life.context().emit(ignored -> {
            rebound = true;
            change.get().onComplete(promise);
        });
        return promise.future();
    }

    private List<TopicFilter> declared() {
        return bindings.declared();
    }

    @Override
    public void consumeAgain(String why) {
        if (life.session() != null) {
            life.session().lost(new BrokerException(BrokerException.Kind.NOT_FOUND, why));
        }
    }

    @Override
    public Future<Void> stop() {
        stopping = true;
        watch.end();
        creditRenewal.end();
        bindings.end("stopped");
        state.change(new SubscriptionState.Stopped());
        links.forEach(Receiving::stop);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
        stopping = true;
        bindings.end("closed");
        var isTransient = spec.topology().queue().life() == QueueLife.TRANSIENT && life.attached();
        return life.stop().compose(ignored -> isTransient ? delete() : Future.succeededFuture());
    }

    /**
     * Deletes a transient queue, which is not wanted any more. A broker that cannot delete it now does so when the
     * connection ends.
     */
    private Future<Void> delete() {
        return life.connection()
                .whenConnected()
                .compose(peer -> peer.dialect().deleteQueueIfUnused(peer, queue))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
