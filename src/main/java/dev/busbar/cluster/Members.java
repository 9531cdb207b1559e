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

/** All nodes that the cluster manager counts, each asked what it says of itself. */
final class Members {

    private static final String ONE = "dev.busbar.member.";
    /** A node that is well answers in a few milliseconds. */
    private static final DeliveryOptions SHORTLY = new DeliveryOptions().setSendTimeout(1_000);

    private static final String SILENT = "does not answer";

    private final Vertx vertx;
    private final Node node;
    private final MemberRegistry registry;
    private final Supplier<JsonArray> routes;
    private final Instant since = Instant.now();

    /** @param routes what this node says of its routes */
    Members(Vertx vertx, Node node, MemberRegistry registry, Supplier<JsonArray> routes) {
        this.vertx = vertx;
        this.node = node;
        this.registry = registry;
        this.routes = routes;
    }

    /** Answers the others. */
    MessageConsumer<?> answering() {
        return vertx.eventBus().consumer(ONE + node.id(), message -> message.reply(self()));
    }

    /** In the order of their names; those which say nothing come with a {@code detail} instead. */
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
                .<JsonObject>request(ONE + id, null, SHORTLY)
                .map(Message::body)
                .otherwise(failure -> new JsonObject()
                        .put("id", id)
                        .put("name", registry.name(id))
                        .put("detail", isWithoutBridge(failure) ? "no bridge runs there" : SILENT))
                .map(member -> member.put("self", false));
    }

    private static boolean isWithoutBridge(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }

    /** Whether this one of {@link #all} may run a bridge, and has not said so in time. */
    static boolean isSilent(JsonObject member) {
        return SILENT.equals(member.getString("detail"));
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

    /** This one included. */
    int size() {
        return node.isClustered() ? ids().size() : 1;
    }

    /** Of a cluster that has been left there is nobody to see. */
    List<String> ids() {
        return manager().isActive() ? manager().getNodes() : List.of(node.id());
    }

    private ClusterManager manager() {
        return ((VertxInternal) vertx).clusterManager();
    }
}
