package dev.busbar.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadBurstTest {

    private static final byte METHOD = 1;
    private static final byte CONTENT_HEADER = 2;

    private final List<String> done = new ArrayList<>();
    private final ReadBurst burst = new ReadBurst();
    private final EmbeddedChannel socket = new EmbeddedChannel(burst, new ChannelInboundHandlerAdapter() {
        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            burst.execute(() -> done.add("delivery"));
            ((ByteBuf) frame).release();
        }
    });

    @AfterEach
    void close() {
        socket.finishAndReleaseAll();
    }

    private void read(byte type) {
        socket.pipeline().fireChannelRead(Unpooled.wrappedBuffer(new byte[] {type}));
    }

    @Test
    void workOfAReadIsDoneWhenItIsComplete() {
        read(METHOD);
        read(CONTENT_HEADER);
        assertThat(done).isEmpty();

        socket.pipeline().fireChannelReadComplete();
        assertThat(done).hasSize(2);
    }

    @Test
    void noMoreThanTwoHundredDeliveriesWait() {
        for (var i = 0; i < 1_000; i++) {
            read(CONTENT_HEADER);
            assertThat(i + 1 - done.size()).isLessThanOrEqualTo(201);
        }
        socket.pipeline().fireChannelReadComplete();
        assertThat(done).hasSize(1_000);
    }

    @Test
    void outsideAReadItIsDoneAtOnce() {
        burst.execute(() -> done.add("before"));
        assertThat(done).containsExactly("before");
    }

    @Test
    void aLostConnectionLeavesNoWorkUndone() {
        read(CONTENT_HEADER);
        socket.close();
        assertThat(done).hasSize(1);
    }
}
