package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeoutOrderTest {

    private final List<Long> wentOn = new ArrayList<>();
    private final TimeoutOrder order = new TimeoutOrder(true, attempt -> wentOn.add(attempt.order()));

    private static Attempt attempt(long order) {
        return new Attempt(null, order, 1);
    }

    @Test
    void whatHasWaitedGoesOnInOrderOnceNothingIsInAHandlersHands() {
        order.handedOut();
        order.handedOut();
        order.handedOut();
        // The second and the third are left without a reply; the first is slow.
        order.add(attempt(2));
        order.returned();
        order.add(attempt(4));
        order.add(attempt(3));
        order.returned();
        assertThat(order.active()).isTrue();
        assertThat(wentOn).isEmpty();

        order.returned();

        assertThat(wentOn).containsExactly(2L, 3L, 4L);
        assertThat(order.active()).isFalse();
    }

    @Test
    void itIsFreeWhenNoHandlerHasADeliveryAfterThoseThatHaveWaitedWentOn() {
        var again = new TimeoutOrder[1];
        again[0] = new TimeoutOrder(true, attempt -> again[0].handedOut());
        assertThat(again[0].free().isComplete()).isTrue();

        again[0].handedOut();
        var free = again[0].free();
        again[0].add(attempt(1));
        again[0].returned();
        assertThat(free.isComplete())
                .as("the one that has waited is handed out")
                .isFalse();
        again[0].returned();

        assertThat(free.isComplete()).isTrue();
    }

    @Test
    void whatIsTakenAtAStopDoesNotGoOn() {
        order.handedOut();
        order.add(attempt(1));

        assertThat(order.take()).hasSize(1);
        order.returned();

        assertThat(wentOn).isEmpty();
    }
}
