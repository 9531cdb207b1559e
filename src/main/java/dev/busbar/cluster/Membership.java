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
 * Represents one Vert.x among all nodes that run Busbar: tells which nodes are members and how each describes itself.
 * Without a cluster this node is the only member. All users in one Vert.x share one instance, from the first
 * {@link #join} to the last {@link #leave}. Thread-safe.
 */
public final class Membership implements Shareable {

    private static final Logger LOG = CleanLogger.of(Membership.class);

    private static final String KEY = "dev.busbar.membership";
    private static final String ANNOUNCEMENTS = "dev.busbar.members";

    private static final long CHECK_INTERVAL_MILLIS = 1_000;
    private static final long ANNOUNCE_INTERVAL_MILLIS = 5_000;

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
    private long checkTimer;
    private long announceTimer;
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

    /**
     * Joins the membership of this Vert.x. The caller has to {@link #leave} it.
     *
     * @param routes describes the routes of this node; used by the first caller only
     * @return when the other nodes can reach this one
     */
    public static Future<Membership> join(Vertx vertx, Node node, Supplier<JsonArray> routes) {
        var shared = shared(vertx).computeIfAbsent(KEY, key -> new Membership(vertx, node, routes));
        return shared.join().map(shared).onFailure(failure -> shared.leave());
    }

    /** Returns the membership of this Vert.x; {@code null} while nobody has joined. */
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
                vertx.eventBus()
                        .<JsonObject>consumer(ANNOUNCEMENTS, message -> received(Announcement.of(message.body()))),
                members.answerRequests(),
                peers.answerRequests(),
                relay.relayRequests());
        checkTimer = vertx.setPeriodic(0, CHECK_INTERVAL_MILLIS, id -> checkNodes());
        announceTimer = vertx.setPeriodic(ANNOUNCE_INTERVAL_MILLIS, id -> announce(false, false));
        return Future.join(consumers.stream().map(MessageConsumer::completion).toList())
                .onSuccess(ignored -> announce(true, false))
                .mapEmpty();
    }

    private void checkNodes() {
        var present = members.ids();
        registry.retain(present);
        peers.ask(present);
    }

    /** Leaves the membership. When the last user leaves, the node tells the others that it leaves. */
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
        vertx.cancelTimer(checkTimer);
        vertx.cancelTimer(announceTimer);
        // Unregister first, so that this node does not receive its own last announcement.
        var unregistered =
                Future.join(consumers.stream().map(MessageConsumer::unregister).toList());
        announce(false, true);
        return unregistered.mapEmpty();
    }

    private void announce(boolean asks, boolean leaving) {
        var news = new Announcement(node.id(), node.name(), asks, leaving, singletons.own());
        if (!leaving) {
            registry.add(news);
        }
        vertx.eventBus().publish(ANNOUNCEMENTS, news.toJson());
    }

    private void received(Announcement news) {
        if (!news.id().equals(node.id())) {
            registry.add(news);
            ownName.check(news);
            if (news.asks()) {
                announce(false, false);
            }
        }
    }

    /** Returns which routes of scope {@code singleton} are active on which node. */
    public Singletons singletons() {
        return singletons;
    }

    /** Returns the other nodes, and which of them answer; none without a cluster. */
    public Peers peers() {
        return peers;
    }

    /** Returns the sender of requests to the handlers of one chosen node. */
    public HandlerRelay relay() {
        return relay;
    }

    /** Returns the guard against requests that reach their handler after their deadline. */
    public LateRequests lateRequests() {
        return lateRequests;
    }

    /**
     * Checks that no other node has the name of this one, and from now on logs an error when one comes later.
     *
     * @param why why the names must differ, as a clause of an error message
     * @return fails with a {@link ClusterException} if another node has the name; a node that does not answer for some
     *     seconds is taken for dead
     */
    public Future<Void> requireOwnName(String why) {
        return ownName.require(why);
    }

    /**
     * Returns the members, as each describes itself, and the nodes that are gone, as the JSON of {@code /api/cluster}.
     */
    public Future<JsonObject> view() {
        var gone = new JsonArray();
        registry.gone()
                .forEach(node -> gone.add(new JsonObject()
                        .put("name", node.name())
                        .put("at", node.at().toString())
                        .put("left", node.left())));
        return members.all()
                .map(all -> new JsonObject()
                        .put("clustered", node.isClustered())
                        .put("node", node.name())
                        .put("members", new JsonArray(all))
                        .put("gone", gone));
    }

    /** Returns how many nodes this one sees, itself included. */
    public int size() {
        return members.size();
    }

    /** Returns the names of the nodes that are gone without having announced that they leave. */
    public List<String> missing() {
        return registry.gone().stream()
                .filter(node -> !node.left())
                .map(MemberRegistry.Gone::name)
                .toList();
    }
}
