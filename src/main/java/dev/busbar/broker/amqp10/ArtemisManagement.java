package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.message.Message;

/**
 * Manages addresses and queues of ActiveMQ Artemis by operations of its server control: requests to
 * {@code activemq.management} with the arguments as a JSON array, answered by a JSON array of one.
 */
final class ArtemisManagement {

    private static final RequestLink.Form NODE = new RequestLink.Form("activemq.management", false);
    private static final String SUCCEEDED = "_AMQ_OperationSucceeded";
    private static final String NAME_SEPARATOR = "\n";
    private static final int MAX_LIST_ATTEMPTS = 5;
    private static final String QUEUE_MISSING = "AMQ229017";
    private static final String QUEUE_EXISTS = "AMQ229019";
    private static final String QUEUE_CONSUMED = "AMQ229025";
    private static final String ADDRESS_MISSING = "AMQ229203";
    private static final String ADDRESS_EXISTS = "AMQ229204";

    /** @param text what the broker says or returns; empty for nothing */
    private record Answer(boolean succeeded, String text) {

        boolean says(String code) {
            return !succeeded && text.startsWith(code);
        }
    }

    private final Peer peer;

    ArtemisManagement(Peer peer) {
        this.peer = peer;
    }

    /** Returns the routing types of an address, in Artemis' words; {@code null} if there is no such address. */
    Future<String> routingTypes(String address, String doing) {
        return ask(doing, "getAddressInfo", address)
                .compose(answer -> answer.says(ADDRESS_MISSING)
                        ? Future.succeededFuture()
                        : succeeded(answer, doing).map(text -> text.replaceAll(".*routingTypes=\\{([^}]*)}.*", "$1")));
    }

    /** Creates an address, and returns whether it did not exist before. */
    Future<Boolean> createAddress(String address, String routingType, String doing) {
        return ask(doing, "createAddress", address, routingType)
                .compose(answer -> answer.says(ADDRESS_EXISTS)
                        ? Future.succeededFuture(false)
                        : succeeded(answer, doing).map(true));
    }

    /** Returns the settings of an address and its queues, by the names that Artemis has for them. */
    Future<JsonObject> settings(String address, String doing) {
        return ask(doing, "getAddressSettingsAsJSON", address)
                .compose(answer -> succeeded(answer, doing))
                .map(JsonObject::new);
    }

    /** Returns a queue, or {@code null} if there is no such queue. */
    Future<ArtemisQueue> queue(String name, String doing) {
        return queues("name", name, doing).map(found -> found.isEmpty() ? null : found.get(0));
    }

    /** Returns the queues at an address. */
    Future<List<ArtemisQueue>> queuesAt(String address, String doing) {
        return queues("address", address, doing);
    }

    Future<List<ArtemisQueue>> allQueues(String doing) {
        return queues("", "", doing);
    }

    private Future<List<ArtemisQueue>> queues(String field, String value, String doing) {
        var filter = new JsonObject()
                .put("field", field)
                .put("operation", field.isEmpty() ? "" : "EQUALS")
                .put("value", value);
        return list(filter.encode(), doing, MAX_LIST_ATTEMPTS).map(ArtemisQueue::listed);
    }

    Future<List<String>> addressNames(String doing) {
        return ask(doing, "listAddresses", NAME_SEPARATOR)
                .compose(answer -> succeeded(answer, doing))
                .map(names -> List.of(names.split(NAME_SEPARATOR)));
    }

    /**
     * Lists queues, and tries again: Artemis 2 stumbles over a queue that somebody deletes meanwhile, without an error
     * code of its own.
     */
    private Future<String> list(String filter, String doing, int attempts) {
        return ask(doing, "listQueues", filter, -1, -1)
                .compose(answer -> answer.succeeded() || answer.text().startsWith("AMQ") || attempts == 1
                        ? succeeded(answer, doing)
                        : list(filter, doing, attempts - 1));
    }

    /** Creates a queue, and returns whether it did not exist before. */
    Future<Boolean> createQueue(JsonObject configuration, String doing) {
        return ask(doing, "createQueue", configuration.encode())
                .compose(answer -> answer.says(QUEUE_EXISTS)
                        ? Future.succeededFuture(false)
                        : succeeded(answer, doing).map(true));
    }

    /** Sets which messages a queue takes from now on; the messages that it has stay. */
    Future<Void> updateFilter(String name, String filter, String doing) {
        var update = new JsonObject().put("name", name).put("filter-string", filter);
        return ask(doing, "updateQueue", update.encode())
                .compose(answer -> succeeded(answer, doing))
                .mapEmpty();
    }

    /** Deletes a queue, and returns {@code false} if it has consumers and stays. */
    Future<Boolean> deleteQueueIfUnused(String name) {
        var doing = "deleting queue '" + name + "'";
        return ask(doing, "destroyQueue", name)
                .compose(answer -> answer.says(QUEUE_CONSUMED)
                        ? Future.succeededFuture(false)
                        : answer.says(QUEUE_MISSING)
                                ? Future.succeededFuture(true)
                                : succeeded(answer, doing).map(true));
    }

    private static Future<String> succeeded(Answer answer, String doing) {
        if (answer.succeeded()) {
            return Future.succeededFuture(answer.text());
        }
        var said = ": the broker says " + answer.text();
        return Future.failedFuture(
                answer.text().contains("permission")
                        ? new BrokerException(
                                Kind.FORBIDDEN, "not permitted " + doing + said + ". Grant the permission")
                        : new BrokerException(Kind.REFUSED, "failed " + doing + said));
    }

    private Future<Answer> ask(String doing, String operation, Object... arguments) {
        var request = Proton.message();
        request.setApplicationProperties(
                new ApplicationProperties(Map.of("_AMQ_ResourceName", "broker", "_AMQ_OperationName", operation)));
        request.setBody(new AmqpValue(new JsonArray(List.of(arguments)).encode()));
        return peer.requests(NODE)
                .ask(request, doing)
                .map(ArtemisManagement::answer)
                .recover(failure -> Future.failedFuture(notPermitted(failure, doing)));
    }

    /**
     * Returns the failure for a request that Artemis has refused. Artemis 2 trips over itself when it refuses one, so
     * that its own words are of no use.
     */
    private static Throwable notPermitted(Throwable failure, String doing) {
        return failure instanceof BrokerException known && known.kind() == Kind.REFUSED
                ? new BrokerException(
                        Kind.FORBIDDEN,
                        "not permitted " + doing
                                + ": the broker takes no management request from this user. Grant it the"
                                + " permissions manage and send on the address activemq.management",
                        failure)
                : failure;
    }

    private static Answer answer(Message message) {
        var properties = message.getApplicationProperties();
        var succeeded =
                properties != null && Boolean.TRUE.equals(properties.getValue().get(SUCCEEDED));
        var body =
                message.getBody() instanceof AmqpValue value && value.getValue() instanceof String text ? text : "[]";
        var returned = new JsonArray(body);
        return new Answer(succeeded, returned.isEmpty() ? "" : String.valueOf(returned.getValue(0)));
    }
}
