package dev.busbar.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.Shareable;
import io.vertx.core.spi.cluster.ClusterManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This Vert.x as a node among others that run Busbar: who is there, and what each says of itself. Without a cluster it
 * is the only one. Shared by all who join it in one Vert.x; it ends when all have left. Thread-safe.
 */
public final class Membership implements Shareable {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private static final String KEY = "dev.busbar.membership";
    private static final String ALL = "dev.busbar.members";
    private static final String ONE = "dev.busbar.member.";
    /** A node that is well answers in a few milliseconds. */
    private static final DeliveryOptions SHORTLY = new DeliveryOptions().setSendTimeout(1_000);

    private static final String SILENT = "does not answer";
    private static final int NAME_LOOKS = 10;

    private static final long LOOK_MILLIS = 1_000;
    private static final long TELL_MILLIS = 5_000;

    private final Vertx vertx;
    private final Node node;
    private final Supplier<JsonArray> routes;
    private final Instant since = Instant.now();
    private final Roll roll = new Roll();
    private final Singletons singletons;
    private final Set<String> namesakes = ConcurrentHashMap.newKeySet();
    private Future<Void> joined;
    private MessageConsumer<JsonObject> hearing;
    private MessageConsumer<Object> answering;
    private long looking;
    private long telling;
    private int users;
    private volatile String ownNameNeeded;

    private Membership(Vertx vertx, Node node, Supplier<JsonArray> routes) {
        this.vertx = vertx;
        this.node = node;
        this.routes = routes;
        this.singletons = new Singletons(node, roll, () -> announce(false, false));
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
            joined = node.isClustered() ? listen() : Future.succeededFuture();
        }
        return joined;
    }

    private Future<Void> listen() {
        var bus = vertx.eventBus();
        hearing = bus.consumer(ALL, message -> heard(Announcement.of(message.body())));
        answering = bus.consumer(ONE + node.id(), message -> message.reply(self()));
        looking = vertx.setPeriodic(LOOK_MILLIS, id -> roll.present(nodes()));
        telling = vertx.setPeriodic(TELL_MILLIS, id -> announce(false, false));
        return Future.join(hearing.completion(), answering.completion())
                .onSuccess(ignored -> announce(true, false))
                .mapEmpty();
    }

    /** Tells the others, when the last who joined here leaves. */
    public Future<Void> leave() {
        synchronized (this) {
            if (--users > 0) {
                return Future.succeededFuture();
            }
            shared(vertx).remove(KEY, this);
        }
        if (!node.isClustered()) {
            return Future.succeededFuture();
        }
        vertx.cancelTimer(looking);
        vertx.cancelTimer(telling);
        // First, so that the goodbye is not heard here.
        var deaf = Future.join(hearing.unregister(), answering.unregister());
        announce(false, true);
        return deaf.mapEmpty();
    }

    private void announce(boolean asking, boolean leaving) {
        var news = new Announcement(node.id(), node.name(), asking, leaving, singletons.own());
        if (!leaving) {
            roll.heard(news);
        }
        vertx.eventBus().publish(ALL, news.toJson());
    }

    private void heard(Announcement news) {
        if (!news.id().equals(node.id())) {
            roll.heard(news);
            warnOfNamesake(news);
            if (news.asks()) {
                announce(false, false);
            }
        }
    }

    private void warnOfNamesake(Announcement news) {
        if (ownNameNeeded != null && news.name().equals(node.name()) && !news.leaving() && namesakes.add(news.id())) {
            LOG.error(shared(news.id(), ownNameNeeded));
        }
    }

    public Singletons singletons() {
        return singletons;
    }

    /**
     * Looks for another node of this name; a later one that has not found this one is warned of.
     *
     * @return fails with a {@link ClusterException} if there is one; nodes that do not answer within some seconds are
     *     taken to be no more
     */
    public Future<Void> requireOwnName(String why) {
        ownNameNeeded = why;
        return requireOwnName(why, NAME_LOOKS);
    }

    private Future<Void> requireOwnName(String why, int looks) {
        return members().compose(members -> {
            var namesake = members.stream()
                    .filter(member -> !node.id().equals(member.getString("id")))
                    .filter(member -> node.name().equals(member.getString("name")) && member.containsKey("since"))
                    .findFirst();
            if (namesake.isPresent()) {
                return Future.failedFuture(
                        new ClusterException(shared(namesake.get().getString("host"), why), null));
            }
            var silent = members.stream().anyMatch(member -> SILENT.equals(member.getString("detail")));
            return silent && looks > 1 ? requireOwnName(why, looks - 1) : Future.succeededFuture();
        });
    }

    private String shared(String where, String why) {
        return "cluster.node = " + node.name() + ": the node at " + where + " is called so too, and " + why
                + ". Give each node a name of its own";
    }

    /** All there is to show: the members as they are, and those who are gone. */
    public Future<JsonObject> view() {
        var gone = new JsonArray();
        roll.gone()
                .forEach(it -> gone.add(new JsonObject()
                        .put("name", it.name())
                        .put("at", it.at().toString())
                        .put("left", it.left())));
        return members()
                .map(members -> new JsonObject()
                        .put("clustered", node.isClustered())
                        .put("node", node.name())
                        .put("members", new JsonArray(members))
                        .put("gone", gone));
    }

    /** How many nodes this one sees, itself included. */
    public int size() {
        return node.isClustered() ? nodes().size() : 1;
    }

    /** The names of those who are gone and have not said so. */
    public List<String> missing() {
        return roll.gone().stream()
                .filter(it -> !it.left())
                .map(Roll.Gone::name)
                .toList();
    }

    private Future<List<JsonObject>> members() {
        if (!node.isClustered()) {
            return Future.succeededFuture(List.of(self().put("self", true)));
        }
        var answers = nodes().stream().distinct().sorted().map(this::ask).toList();
        return Future.all(answers).map(all -> {
            var members = new ArrayList<>(all.<JsonObject>list());
            members.sort(Comparator.comparing(member -> Objects.toString(member.getString("name"), "")));
            return members;
        });
    }

    private Future<JsonObject> ask(String id) {
        if (id.equals(node.id())) {
            return Future.succeededFuture(self().put("self", true));
        }
        return vertx.eventBus()
                .<JsonObject>request(ONE + id, null, SHORTLY)
                .map(Message::body)
                .otherwise(failure -> new JsonObject()
                        .put("id", id)
                        .put("name", roll.name(id))
                        .put("detail", isWithoutBridge(failure) ? "no bridge runs there" : SILENT))
                .map(member -> member.put("self", false));
    }

    private static boolean isWithoutBridge(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }

    private JsonObject self() {
        return new JsonObject()
                .put("id", node.id())
                .put("name", node.name())
                .put("host", host())
                .put("since", since.toString())
                .put("sees", size())
                .put("routes", routes.get());
    }

    private String host() {
        var info = node.isClustered() ? manager().getNodeInfo() : null;
        return info == null ? null : info.host() + ":" + info.port();
    }

    /** Of a cluster that has been left there is nobody to see. */
    private List<String> nodes() {
        return manager().isActive() ? manager().getNodes() : List.of(node.id());
    }

    private ClusterManager manager() {
        return ((VertxInternal) vertx).clusterManager();
    }
}
