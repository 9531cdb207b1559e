package dev.busbar.faults;

import dev.busbar.faults.FaultSchedule.Step;
import dev.busbar.faults.SoakTraffic.Mood;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitSettings;
import dev.busbar.testing.broker.CuttableProxy;
import dev.busbar.testing.broker.NetworkFault;
import dev.busbar.testing.broker.NetworkFault.Kind;
import dev.busbar.testing.broker.NetworkFault.Way;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Has the faults of a schedule strike, one after the other. */
final class SoakFaults {

    private static final Duration DEAF = Duration.ofSeconds(6);

    private final RabbitNode node;
    private final CuttableProxy proxy;
    private final SoakBridge bridge;
    private final SoakTraffic traffic;

    SoakFaults(RabbitNode node, CuttableProxy proxy, SoakBridge bridge, SoakTraffic traffic) {
        this.node = node;
        this.proxy = proxy;
        this.bridge = bridge;
        this.traffic = traffic;
    }

    /** A broker that closes the channel of a consumer which leaves a delivery unsettled for a few seconds. */
    static RabbitNode impatientNode() {
        return RabbitNode.start(RabbitSettings.PLAIN.with("consumer_timeout", "4000"));
    }

    void strike(Step step) throws InterruptedException {
        rest(step.after());
        switch (step.fault()) {
            case KILL -> {
                node.kill();
                rest(step.lasting());
                node.start();
            }
            case RESTART -> {
                node.stop();
                rest(step.lasting());
                node.start();
            }
            case PAUSE -> {
                node.pause();
                restThen(step.lasting(), node::resume);
            }
            case CLOSE_CONNECTIONS -> node.closeAllConnections();
            case DELETE_QUEUE -> deleteQueue();
            case DELETE_EXCHANGE ->
                node.ctl(
                        "eval",
                        "rabbit_exchange:delete(rabbit_misc:r(<<\"/\">>, exchange, <<\"" + SoakBridge.LOSSY_EXCHANGE
                                + "\">>), false, <<\"soak\">>).");
            case BLOCK_PUBLISHERS -> {
                node.blockPublishers();
                restThen(step.lasting(), node::unblockPublishers);
            }
            case CLOSE_CHANNEL -> closeChannel();
            case CUT -> proxy.cut();
            case BREAK_DOWN -> {
                proxy.breakDown();
                restThen(step.lasting(), proxy::repair);
            }
            case SWALLOW -> {
                proxy.swallowAnswers();
                restThen(step.lasting(), proxy::cut);
            }
            case STALL -> proxy.strike(fault(Kind.STALL, EnumSet.allOf(Way.class), step.lasting()));
            case HALF_CLOSE -> proxy.strike(fault(Kind.HALF_CLOSE, Set.of(Way.TO_BROKER), Duration.ZERO));
            case HANDLER_FAILS -> traffic.mood(Mood.FAILING);
            case HANDLER_SILENT -> traffic.mood(Mood.SILENT);
            case HANDLER_GONE -> traffic.hangUp();
            case HANDLER_BACK -> {
                traffic.mood(Mood.WELL);
                traffic.listen();
            }
            case REDEPLOY -> {
                bridge.undeploy();
                rest(step.lasting());
                bridge.deploy();
            }
        }
    }

    /** At once, wherever the traffic is. */
    private static NetworkFault fault(Kind kind, Set<Way> hit, Duration time) {
        return new NetworkFault(Way.TO_BROKER, 0, 0, kind, hit, time);
    }

    private void closeChannel() throws InterruptedException {
        // How often it looks: asked by a channel when it is opened.
        node.ctl("eval", "application:set_env(rabbit, channel_tick_interval, 500).");
        node.closeAllConnections();
        var before = traffic.mood();
        traffic.mood(Mood.DEAF);
        restThen(DEAF, () -> traffic.mood(before));
    }

    /** It may be gone for a moment, as after another fault; then there is nothing to delete. */
    private void deleteQueue() {
        try {
            node.deleteQueue(SoakBridge.LOSSY_QUEUE);
        } catch (IllegalStateException e) {
            // As said.
        }
    }

    private static void rest(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    private static void restThen(Duration time, Runnable mend) throws InterruptedException {
        try {
            rest(time);
        } finally {
            mend.run();
        }
    }
}
