package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.broker.Await;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class BindingsTest {

    private static final Vertx VERTX = Vertx.vertx();

    private final ArrangedWire wire = new ArrangedWire();
    private final Bindings bindings = new Bindings(context(), "s", List.of(filter("first")), wire);

    private static ContextInternal context() {
        return ((VertxInternal) VERTX).createEventLoopContext();
    }

    @AfterAll
    static void close() {
        Await.done(VERTX.close());
    }

    private static TopicFilter filter(String dotted) {
        return TopicFilter.parse(dotted);
    }

    private static String failure(Future<Void> future) {
        return Await.done(future.transform(it -> Future.succeededFuture(it.cause())))
                .getMessage();
    }

    @Test
    void whatIsThereFromTheStartIsDeclaredAndNotAskedForAgain() {
        wire.connect(bindings);
        Await.done(bindings.bind(filter("first")));

        assertThat(wire.batches).isEmpty();
        assertThat(wire.bound).containsExactly("first");
    }

    @Test
    void whatChangesWhileABatchIsUnderWayFollowsInTheNextAndOnlyItsLastWordIsSent() {
        wire.connect(bindings);
        var bound = bindings.bind(filter("a"));
        var unbound = bindings.unbind(filter("a"));
        var again = bindings.bind(filter("a"));
        bindings.unbind(filter("first"));
        bindings.bind(filter("first"));

        assertThat(wire.batches).containsExactly(List.of(new BindingChange(filter("a"), true)));
        while (wire.make()) {
            assertThat(wire.last()).allMatch(BindingChange::bound);
        }

        assertThat(failure(bound)).contains("unbound before");
        Await.done(unbound);
        Await.done(again);
        assertThat(wire.bound).containsExactly("a", "first");
    }

    @Test
    void whatIsUnboundBeforeItWasAskedForIsNeverAskedFor() {
        var bound = bindings.bind(filter("a"));
        Await.done(bindings.unbind(filter("a")));
        wire.connect(bindings);

        assertThat(failure(bound)).contains("'a' was unbound before its binding was live");
        assertThat(wire.batches).isEmpty();
    }

    @Test
    void whatALostConnectionLeavesOpenIsAskedForAtTheNext() {
        wire.connect(bindings);
        var bound = bindings.bind(filter("a"));
        bindings.disconnected();
        wire.connect(bindings);

        assertThat(bound.isComplete()).isFalse();
        assertThat(wire.make()).isTrue();
        Await.done(bound);
        assertThat(bindings.declared()).containsExactly(filter("first"), filter("a"));
    }

    @Test
    void thousandsGoInBatches() {
        wire.connect(bindings);
        var all = IntStream.range(0, 1_000)
                .mapToObj(i -> bindings.bind(filter("f." + i)))
                .toList();
        while (wire.make()) {
            assertThat(wire.last()).hasSizeLessThanOrEqualTo(256);
        }

        Await.done(Future.join(all));
        assertThat(wire.batches).hasSizeLessThan(8);
        assertThat(wire.bound).hasSize(1_001);
    }

    @Test
    void whatTheBrokerRefusesIsToldAndNotDeclared() {
        wire.connect(bindings);
        var bound = bindings.bind(filter("a"));
        wire.fail(BrokerException.Kind.REFUSED);

        assertThat(failure(bound)).contains("on purpose");
        assertThat(bindings.declared()).containsExactly(filter("first"));
    }

    @Test
    void theEndIsToldToAllWhoWaitAndAllWhoAskLater() {
        wire.connect(bindings);
        var bound = bindings.bind(filter("a"));
        var waiting = bindings.bind(filter("b"));
        bindings.end("closed");

        for (var asked : List.of(bound, waiting, bindings.bind(filter("c")), bindings.unbind(filter("first")))) {
            assertThat(failure(asked)).contains("change no more: it has been closed");
        }
    }
}
