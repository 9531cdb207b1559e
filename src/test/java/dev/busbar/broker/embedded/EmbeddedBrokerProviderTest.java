package dev.busbar.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.broker.BrokerProvider;
import dev.busbar.broker.BrokerProvider.Lease;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.ConfigLoader;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.Secret;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class EmbeddedBrokerProviderTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<Lease> leases = new ArrayList<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void isFoundByItsScheme() {
        assertThat(ServiceLoader.load(BrokerProvider.class))
                .extracting(BrokerProvider::scheme)
                .contains("embedded");
    }

    @Test
    void sharesOneBrokerAmongAllWhoAskAndStopsItAfterTheLast() throws Exception {
        BrokerConfig config = config(memory("127.0.0.1"));
        Future<Lease> first = acquire(config);
        Future<Lease> second = acquire(config);
        BrokerUri uri = first.await().uris().get(0);

        assertThat(second.await().uris()).containsExactly(uri);
        assertThat(uri)
                .isEqualTo(new BrokerUri(
                        "amqp", "127.0.0.1", uri.port(), "guest", new Secret("guest"), BrokerDefinition.VIRTUAL_HOST));
        first.await().release().await();
        first.await().release().await();
        new Socket(uri.host(), uri.port()).close();
        second.await().release().await();
        assertThatThrownBy(() -> new Socket(uri.host(), uri.port())).isInstanceOf(ConnectException.class);
    }

    @Test
    void startsAgainForWhoAsksWhileTheLastOneStops() throws Exception {
        BrokerConfig config = config(memory("127.0.0.1"));
        Lease first = acquire(config).await();
        Future<Void> stopping = first.release();

        Lease second = acquire(config).await();

        assertThat(stopping.isComplete()).isTrue();
        BrokerUri uri = second.uris().get(0);
        new Socket(uri.host(), uri.port()).close();
        second.release().await();
    }

    @Test
    void keepsOtherSettingsApart() {
        Lease one = acquire(config(memory("127.0.0.1"))).await();
        Lease other = acquire(config(memory("127.0.0.2"))).await();

        assertThat(one.uris()).isNotEqualTo(other.uris());
        Future.all(one.release(), other.release()).await();
    }

    @Test
    void triesAgainAfterAFailure() {
        BrokerConfig elsewhere = config(new EmbeddedConfig("192.0.2.1", 0, "memory", "busbar", new Secret("s3cret")));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> acquire(elsewhere).await()).isInstanceOf(EmbeddedBrokerException.class);
        }
    }

    @Test
    void tellsOfThePortItTookInstead() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            EmbeddedConfig config =
                    new EmbeddedConfig("127.0.0.1", taken.getLocalPort(), "memory", "guest", new Secret("guest"));

            Lease lease = acquire(config(config)).await();

            assertThat(lease.notices())
                    .singleElement()
                    .asString()
                    .contains("port " + taken.getLocalPort())
                    .contains("listens on " + lease.uris().get(0).port());
            lease.release().await();
        }
    }

    @Test
    void completesOnTheContextOfEachCaller() {
        BrokerConfig config = config(memory("127.0.0.1"));
        Set<Context> contexts = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            contexts.add(((VertxInternal) vertx).createEventLoopContext());
        }
        assertThat(contexts).hasSize(3);
        for (Context context : contexts) {
            Promise<Lease> acquired = Promise.promise();
            Promise<Context> completedOn = Promise.promise();
            context.runOnContext(x -> acquire(config)
                    .onComplete(lease -> completedOn.complete(Vertx.currentContext()))
                    .onComplete(acquired));

            assertThat(completedOn.future().await()).isSameAs(context);
            leases.add(acquired.future().await());
        }
        leases.forEach(lease -> lease.release().await());
    }

    private Future<Lease> acquire(BrokerConfig config) {
        return new EmbeddedBrokerProvider().acquire(vertx, config);
    }

    private static EmbeddedConfig memory(String host) {
        return new EmbeddedConfig(host, 0, "memory", "guest", new Secret("guest"));
    }

    private static BrokerConfig config(EmbeddedConfig embedded) {
        JsonObject broker = new JsonObject()
                .put("uri", "embedded")
                .put(
                        "embedded",
                        new JsonObject()
                                .put("host", embedded.host())
                                .put("port", embedded.port())
                                .put("user", embedded.user())
                                .put("password", embedded.password().reveal()));
        return ConfigLoader.fromJson(new JsonObject().put("broker", broker)).broker();
    }
}
