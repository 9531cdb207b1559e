package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;

import dev.busbar.testing.TlsFiles;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Offers TLS in front of a broker's plain port. Its certificates and authority change when a test says so. */
final class TlsFront implements AutoCloseable {

    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private final NetServer server;

    TlsFront(Vertx vertx, int target, TlsFiles files) {
        NetClient plain = vertx.createNetClient();
        server = vertx.createNetServer(new NetServerOptions()
                .setSsl(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setKeyCertOptions(ssl(files).getKeyCertOptions())
                .setTrustOptions(ssl(files).getTrustOptions()));
        server.connectHandler(client -> {
            client.pause();
            plain.connect(target, "127.0.0.1")
                    .onSuccess(broker -> {
                        sockets.add(client);
                        client.pipeTo(broker);
                        broker.pipeTo(client);
                    })
                    .onFailure(ignored -> client.close());
        });
        done(server.listen(0, "127.0.0.1"));
    }

    private static ServerSSLOptions ssl(TlsFiles files) {
        return new ServerSSLOptions()
                .setClientAuth(ClientAuth.REQUIRED)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(files.server().certificate().toString())
                        .addKeyPath(files.server().key().toString()))
                .setTrustOptions(new PemTrustOptions().addCertPath(files.ca().toString()));
    }

    int port() {
        return server.actualPort();
    }

    /** Sets the files for the connections to come. */
    void renew(TlsFiles files) {
        done(server.updateSSLOptions(ssl(files)));
    }

    void cut() {
        sockets.forEach(NetSocket::close);
        sockets.clear();
    }

    @Override
    public void close() {
        done(server.close());
    }
}
