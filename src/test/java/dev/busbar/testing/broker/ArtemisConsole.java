package dev.busbar.testing.broker;

import dev.busbar.config.BrokerUri;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.Connection;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** Calls the operations of an Artemis as its administrator does, over AMQP 1.0 by Qpid's client. */
final class ArtemisConsole implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final BrokerUri uri;
    private final Client client = Client.create();
    private Connection connection;
    private Receiver answers;
    private Sender requests;

    /** Makes a console that connects at its first use. */
    ArtemisConsole(BrokerUri uri) {
        this.uri = uri;
    }

    /**
     * Calls an operation, and throws with the broker's words if the broker refuses.
     *
     * @return what the operation returns; {@code null} for nothing
     */
    synchronized Object call(String operation, Object... arguments) {
        try {
            if (connection == null) {
                connect();
            }
            var request = Message.create(new JsonArray(Arrays.asList(arguments)).encode())
                    .replyTo(answers.address())
                    .property("_AMQ_ResourceName", "broker")
                    .property("_AMQ_OperationName", operation);
            requests.send(request);
            var answer = answers.receive(PATIENCE_SECONDS, TimeUnit.SECONDS).message();
            var body = answer.body() == null ? null : new JsonArray((String) answer.body()).getValue(0);
            if (!Boolean.TRUE.equals(answer.property("_AMQ_OperationSucceeded"))) {
                throw new IllegalStateException(operation + ": " + body);
            }
            return body;
        } catch (ClientException e) {
            forget();
            throw new IllegalStateException(e);
        }
    }

    private void connect() throws ClientException {
        var options =
                new ConnectionOptions().user(uri.user()).password(uri.password().reveal());
        connection = client.connect(uri.host(), uri.port(), options);
        answers = connection.openDynamicReceiver();
        requests = connection.openSender("activemq.management");
    }

    private void forget() {
        if (connection != null) {
            connection.closeAsync();
        }
        connection = null;
    }

    /** Returns what the broker says of a queue; {@code null} if there is none of that name. */
    JsonObject queue(String name) {
        var wanted =
                new JsonObject().put("field", "name").put("operation", "EQUALS").put("value", name);
        var found = new JsonObject((String) call("listQueues", wanted.encode(), 1, 1)).getJsonArray("data");
        return found.isEmpty() ? null : found.getJsonObject(0);
    }

    @Override
    public void close() {
        client.close();
    }
}
