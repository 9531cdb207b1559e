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
import io.vertx.core.spi.cluster.ClusterManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Asks every node that the cluster manager counts to describe itself, and answers the same question of others. */
final class Members {

    private static final String ADDRESS_PREFIX = "dev.busbar.member.";
    /** A healthy node answers within a few milliseconds. */
    private static final DeliveryOptions WITHIN_A_SECOND = new DeliveryOptions().setSendTimeout(1_000);

    private static final String NO_ANSWER = "does not answer";

    private final Vertx vertx;
    private final Node node;
    private final MemberRegistry registry;
    private final Supplier<JsonArray> routes;
    private final Instant startedAt = Instant.now();

    /** @param routes describes the routes of this node */
    Members(Vertx vertx, Node node, MemberRegistry registry, Supplier<JsonArray> routes) {
        this.vertx = vertx;
        this.node = node;
        this.registry = registry;
        this.routes = routes;
    }

    /** Starts to answer the requests of other nodes. */
    MessageConsumer<?> answerRequests() {
        return vertx.eventBus().consumer(ADDRESS_PREFIX + node.id(), message -> message.reply(self()));
    }

    /** Returns all members, by name. A node that does not answer has a {@code detail} instead of a description. */
    Future<List<JsonObject>> all() {
        if (!node.isClustered()) {
            return Future.succeededFuture(List.of(self().put("self", true)));
        }
        var answers = ids().stream().distinct().sorted().map(this::ask).toList();
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
                .<JsonObject>request(ADDRESS_PREFIX + id, null, WITHIN_A_SECOND)
                .map(Message::body)
                .otherwise(failure -> new JsonObject()
                        .put("id", id)
                        .put("name", registry.name(id))
                        .put("detail", isWithoutBridge(failure) ? "no bridge runs there" : NO_ANSWER))
                .map(member -> member.put("self", false));
    }

    private static boolean isWithoutBridge(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }

    /** Returns whether a member, as {@link #all} describes it, may run a bridge but has not answered in time. */
    static boolean isSilent(JsonObject member) {
        return NO_ANSWER.equals(member.getString("detail"));
    }

    private JsonObject self() {
        return new JsonObject()
                .put("id", node.id())
                .put("name", node.name())
                .put("host", host())
                .put("since", startedAt.toString())
                .put("sees", size())
                .put("routes", routes.get());
    }

    private String host() {
        var info = node.isClustered() ? manager().getNodeInfo() : null;
        return info == null ? null : info.host() + ":" + info.port();
    }

    /** Returns how many nodes the cluster manager counts, this one included. */
    int size() {
        return node.isClustered() ? ids().size() : 1;
    }

    /** Returns the ids of all nodes; only this one's after it has left the cluster. */
    List<String> ids() {
        return manager().isActive() ? manager().getNodes() : List.of(node.id());
    }

    private ClusterManager manager() {
        return ((VertxInternal) vertx).clusterManager();
    }
}
