package dev.busbar.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.impl.ConsumerWorkService;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.local.LocalChannel;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests the Java client's work for consumers: each thread that submits work runs what is first in the queue, of any
 * channel.
 */
class ReadBurstThreadTest {

    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final LocalChannel socket = new LocalChannel();
    private final ReadBurst burst = new ReadBurst();
    private final ConsumerWorkService work =
            new ConsumerWorkService(LoopExecutor.of(new AtomicReference<>(burst)), null, 0);
    private final Channel consuming = key();
    private final Channel ending = key();

    /** Returns a channel that serves as a key only. */
    private static Channel key() {
        return (Channel) Proxy.newProxyInstance(
                Channel.class.getClassLoader(),
                new Class<?>[] {Channel.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> null;
                });
    }

    @BeforeEach
    void open() throws Exception {
        work.registerKey(consuming);
        work.registerKey(ending);
        loop.register(socket).sync();
        socket.pipeline().addLast(burst);
    }

    @AfterEach
    void close() throws Exception {
        if (!loop.isShutdown()) {
            socket.close().sync();
        }
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
    }

    @Test
    void aChannelClosedElsewhereTakesNoDeliveriesOfAnotherToItsThread() throws Exception {
        var delivered = new CompletableFuture<Boolean>();
        var ended = new CompletableFuture<Boolean>();
        loop.submit(() -> {
                    socket.pipeline().fireChannelRead(Unpooled.wrappedBuffer(new byte[] {1}));
                    work.addWork(consuming, () -> delivered.complete(loop.inEventLoop()));
                    CompletableFuture.runAsync(() -> work.addWork(ending, () -> ended.complete(loop.inEventLoop())))
                            .join();
                    socket.pipeline().fireChannelReadComplete();
                })
                .sync();
        assertThat(delivered.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ended.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void workBroughtWhenTheLoopIsGoneIsStillDone() throws Exception {
        close();
        var ended = new CompletableFuture<Void>();
        work.addWork(ending, () -> ended.complete(null));
        ended.get(10, TimeUnit.SECONDS);
    }
}
