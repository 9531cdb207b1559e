package dev.busbar.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContextCallsTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context home = ((VertxInternal) vertx).createEventLoopContext();
    private final Context caller = ((VertxInternal) vertx).createEventLoopContext();

    @AfterEach
    void close() {
        assertThat(vertx.close().toCompletionStage().toCompletableFuture()).succeedsWithin(Duration.ofMinutes(1));
    }

    @Test
    void runsThereAndCompletesHere() {
        var ranOn = new AtomicReference<Context>();
        var toldOn = new AtomicReference<Context>();

        caller.runOnContext(ignored -> ContextCalls.here(vertx, ContextCalls.call(home, () -> {
                    ranOn.set(Vertx.currentContext());
                    return Future.succeededFuture();
                }))
                .onComplete(done -> toldOn.set(Vertx.currentContext())));

        await().untilAsserted(() -> assertThat(toldOn).hasValue(caller));
        assertThat(ranOn).hasValue(home);
    }

    @Test
    void whatTheWorkThrowsFailsTheFuture() {
        var thrown = new IllegalStateException("closed");

        var called = ContextCalls.call(home, () -> {
            throw thrown;
        });

        await().untilAsserted(() -> assertThat(called.failed()).isTrue());
        assertThat(called.cause()).isSameAs(thrown);
    }
}
