package dev.busbar.cluster;

import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.Shareable;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * This Vert.x as a node among others that run Busbar: who is there, and what each says of itself. Without a cluster it
 * is the only one. Shared by all who join it in one Vert.x; it ends when all have left. Thread-safe.
 */
public final class Membership implements Shareable {

    private static final Logger LOG = CleanLogger.of(Membership.class);

    private static final String KEY = "dev.busbar.membership";
    private static final String ALL = "dev.busbar.members";

    private static final long LOOK_MILLIS = 1_000;
    private static final long TELL_MILLIS = 5_000;

    private final Vertx vertx;
    private final Node node;
    private final MemberRegistry registry = new MemberRegistry();
    private final Singletons singletons;
    private final Members members;
    private final OwnName ownName;
    private final Peers peers;
    private final HandlerRelay relay;
    private final LateRequests lateRequests;
    private Future<Void> joined;
    private List<MessageConsumer<?>> consumers = List.of();
    private long looking;
    private long telling;
    private int users;

    private Membership(Vertx vertx, Node node, Supplier<JsonArray> routes) {
        this.vertx = vertx;
        this.node = node;
        this.members = new Members(vertx, node, registry, routes);
        this.ownName = new OwnName(node, members);
        var clocks = new PeerClocks();
        this.peers = new Peers(vertx, node.id(), registry, clocks);
        this.relay = new HandlerRelay(vertx, node.id());
        this.lateRequests = new LateRequests(node.id(), clocks);
        this.singletons = new Singletons(node, registry, () -> announce(false, false));
    }

    /** @param routes what this node says of its routes; of the first who joins */
    public static Future<Membership> join(Vertx vertx, Node node, Supplier<JsonArray> routes) {
        var shared = shared(vertx).computeIfAbsent(KEY, key -> new Membership(vertx, node, routes));
        return shared.join().map(shared).onFailure(failure -> shared.leave());
    }

    /** {@code null} while nobody has joined. */
    public static Membership of(Vertx vertx) {
        return shared(vertx).get(KEY);
    }

    private static Map<String, Membership> shared(Vertx vertx) {
        return vertx.sharedData().getLocalMap(KEY);
    }

    private synchronized Future<Void> join() {
        if (users++ == 0) {
            vertx.eventBus().addInboundInterceptor(lateRequests);
            joined = node.isClustered() ? listen() : Future.succeededFuture();
        }
        return joined;
    }

    private Future<Void> listen() {
        consumers = List.of(
                vertx.eventBus().<JsonObject>consumer(ALL, message -> heard(Announcement.of(message.body()))),
                members.answering(),
                peers.telling(),
                relay.passing());
        looking = vertx.setPeriodic(0, LOOK_MILLIS, id -> look());
        telling = vertx.setPeriodic(TELL_MILLIS, id -> announce(false, false));
        return Future.join(consumers.stream().map(MessageConsumer::completion).toList())
                .onSuccess(ignored -> announce(true, false))
                .mapEmpty();
    }

    private void look() {
        var present = members.ids();
        registry.present(present);
        peers.ask(present);
    }

    /** Tells the others, when the last who joined here leaves. */
    public Future<Void> leave() {
        synchronized (this) {
            if (--users > 0) {
                return Future.succeededFuture();
            }
            shared(vertx).remove(KEY, this);
        }
        vertx.eventBus().removeInboundInterceptor(lateRequests);
        if (!node.isClustered()) {
            return Future.succeededFuture();
        }
        vertx.cancelTimer(looking);
        vertx.cancelTimer(telling);
        // First, so that the goodbye is not heard here.
        var deaf =
                Future.join(consumers.stream().map(MessageConsumer::unregister).toList());
        announce(false, true);
        return deaf.mapEmpty();
    }

    private void announce(boolean asking, boolean leaving) {
        var news = new Announcement(node.id(), node.name(), asking, leaving, singletons.own());
        if (!leaving) {
            registry.heard(news);
        }
        vertx.eventBus().publish(ALL, news.toJson());
    }

    private void heard(Announcement news) {
        if (!news.id().equals(node.id())) {
            registry.heard(news);
            ownName.heard(news);
            if (news.asks()) {
                announce(false, false);
            }
        }
    }

    public Singletons singletons() {
        return singletons;
    }

    /** The other nodes that answer, and those which do not; without a cluster none. */
    public Peers peers() {
        return peers;
    }

    public HandlerRelay relay() {
        return relay;
    }

    public LateRequests lateRequests() {
        return lateRequests;
    }

    /**
     * Looks for another node of this name; a later one that has not found this one is warned of.
     *
     * @return fails with a {@link ClusterException} if there is one; nodes that do not answer within some seconds are
     *     taken to be no more
     */
    public Future<Void> requireOwnName(String why) {
        return ownName.require(why);
    }

    /** All there is to show: the members as they are, and those who are gone. */
    public Future<JsonObject> view() {
        var gone = new JsonArray();
        registry.gone()
                .forEach(it -> gone.add(new JsonObject()
                        .put("name", it.name())
                        .put("at", it.at().toString())
                        .put("left", it.left())));
        return members.all()
                .map(all -> new JsonObject()
                        .put("clustered", node.isClustered())
                        .put("node", node.name())
                        .put("members", new JsonArray(all))
                        .put("gone", gone));
    }

    /** How many nodes this one sees, itself included. */
    public int size() {
        return members.size();
    }

    /** The names of those who are gone and have not said so. */
    public List<String> missing() {
        return registry.gone().stream()
                .filter(it -> !it.left())
                .map(MemberRegistry.Gone::name)
                .toList();
    }
}
