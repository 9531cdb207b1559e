package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.testing.broker.SampleDelivery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InHandTest {

    private final InHand inHand = new InHand();
    private final SampleDelivery first = SampleDelivery.of("id", "body");

    private static SampleDelivery again(String id, String body) {
        return SampleDelivery.of(id, body).again();
    }

    @Test
    void whatComesAgainIsSettledWithTheOneInHand() {
        var held = inHand.hold(first, 1, null);
        first.lose();
        var again = again("id", "body");

        assertThat(inHand.takes(again)).isTrue();
        assertThat(held.live()).isTrue();
        held.settle(Settlement.ACCEPTED);

        assertThat(again.settlement()).isEqualTo(Settlement.ACCEPTED);
        assertThat(first.settlement()).isNull();
    }

    @Test
    void anotherMessageOfTheSameIdIsAnother() {
        inHand.hold(first, 1, null);
        assertThat(inHand.takes(again("id", "body")))
                .as("the first is not lost")
                .isFalse();
        first.lose();

        assertThat(inHand.takes(again("id", "other body"))).isFalse();
        assertThat(inHand.takes(SampleDelivery.of("id", "body")))
                .as("not redelivered")
                .isFalse();
        assertThat(inHand.takes(again("other", "body"))).isFalse();
    }

    /** Many clients write none. RabbitMQ adds the count when it delivers again. */
    private static SampleDelivery nameless(String body, boolean redelivered, String correlation) {
        var properties =
                MessageProperties.builder().contentType("application/json").correlationId(correlation);
        return redelivered
                ? SampleDelivery.of(properties.header("x-delivery-count", 1L).build(), body)
                        .again()
                : SampleDelivery.of(properties.build(), body);
    }

    @Test
    void withoutAnIdAMessageIsRecognisedByAllThatItCarries() {
        var nameless = nameless("body", false, "c");
        var held = inHand.hold(nameless, 1, null);
        nameless.lose();

        assertThat(inHand.takes(nameless("other", true, "c"))).isFalse();
        assertThat(inHand.takes(nameless("body", true, "other"))).isFalse();
        assertThat(inHand.takes(nameless("body", true, "c"))).isTrue();
        assertThat(inHand.takes(nameless("body", true, "c"))).as("one like it").isFalse();
        assertThat(held.live()).isTrue();
    }

    @Test
    void messagesThatAreAlikeAreAsManyAsThereAre() {
        var alike =
                Stream.generate(() -> nameless("ping", false, null)).limit(3).toList();
        var held = alike.stream().map(each -> inHand.hold(each, 1, null)).toList();
        alike.forEach(each -> each.lose());

        assertThat(inHand.takes(nameless("ping", true, null))).isTrue();
        assertThat(inHand.takes(nameless("ping", true, null))).isTrue();
        inHand.release(held.get(2), 2);
        assertThat(inHand.takes(nameless("ping", true, null))).isFalse();
        assertThat(inHand.next(nameless("ping", true, null), 1)).isEqualTo(2);
        assertThat(inHand.next(nameless("ping", true, null), 1)).isEqualTo(1);
    }

    @Test
    void whatEndedWithoutAnIdHoldsForWhatIsLikeItAlone() {
        var nameless = nameless("body", false, "c");
        var held = inHand.hold(nameless, 1, null);
        nameless.lose();
        inHand.release(held, 0);

        assertThat(inHand.next(nameless("body", true, "other"), 1)).isEqualTo(1);
        assertThat(inHand.next(nameless("body", false, "c"), 1))
                .as("not redelivered")
                .isEqualTo(1);
        assertThat(inHand.next(nameless("body", true, "c"), 1)).isZero();
    }

    @Test
    void ofManyOfOneIdEachIsRecognised() {
        var second = SampleDelivery.of("id", "second");
        inHand.hold(first, 1, null);
        inHand.hold(second, 1, null);
        first.lose();
        second.lose();

        assertThat(inHand.takes(again("id", "second"))).isTrue();
        assertThat(inHand.takes(again("id", "body"))).isTrue();
    }

    @Test
    void whatEndedWhileTheBrokerHadItBackHoldsForWhatComesAgainOnce() {
        var held = inHand.hold(first, 1, null);
        first.lose();
        inHand.release(held, 3);
        var again = again("id", "body");

        assertThat(inHand.takes(again)).isFalse();
        assertThat(inHand.next(again, 1)).isEqualTo(3);
        assertThat(inHand.next(again, 1)).isEqualTo(1);
    }

    @Test
    void whatWasSettledIsForgotten() {
        inHand.release(inHand.hold(first, 1, null), 0);

        assertThat(inHand.next(again("id", "body"), 1)).isEqualTo(1);
    }

    /**
     * Five bodies and two ids in all, so that many messages are alike; now and then the broker takes back all that is
     * in hand, and delivers it again. Whoever stands for whom: each content is handled as often as it was sent at
     * least, and what has an id and a body of its own just once.
     */
    @Property
    void nothingIsPassedOverHoweverAlikeMessagesAre(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> kinds,
            @ForAll @Size(max = 200) int[] choices) {
        var route = new InHand();
        Deque<Integer> queue = new ArrayDeque<>();
        Set<Integer> delivered = new HashSet<>();
        Map<SampleDelivery, Integer> unsettled = new LinkedHashMap<>();
        List<HeldDelivery> handling = new ArrayList<>();
        Map<String, Integer> handled = new HashMap<>();
        for (var n = 0; n < kinds.size(); n++) {
            queue.add(n);
        }
        for (var step = 0; step < choices.length + 20 * kinds.size(); step++) {
            var choice = step < choices.length ? Math.floorMod(choices[step], 9) : step % 2;
            if (choice == 8) {
                unsettled.forEach((lost, n) -> {
                    if (lost.settlement() == null) {
                        lost.lose();
                        queue.add(n);
                    }
                });
                unsettled.clear();
            } else if (choice % 2 == 0 && !queue.isEmpty()) {
                var n = queue.remove();
                var arrived = alike(n, kinds.get(n), !delivered.add(n));
                unsettled.put(arrived, n);
                if (!route.takes(arrived)) {
                    if (route.next(arrived, 1) == 0) {
                        arrived.settle(Settlement.ACCEPTED);
                    } else {
                        handling.add(route.hold(arrived, 1, null));
                    }
                }
            } else if (!handling.isEmpty()) {
                var done = handling.remove(Math.floorMod(choice * 7, handling.size()));
                handled.merge(content(done.message()), 1, Integer::sum);
                route.release(done, 0);
                done.settle(Settlement.ACCEPTED);
            }
        }

        assertThat(queue).isEmpty();
        assertThat(handling).isEmpty();
        var sent = new HashMap<String, Integer>();
        for (var n = 0; n < kinds.size(); n++) {
            sent.merge(content(alike(n, kinds.get(n), false).message()), 1, Integer::sum);
        }
        assertThat(handled).containsOnlyKeys(sent.keySet());
        sent.forEach((content, times) -> assertThat(handled.get(content))
                .as(content)
                .satisfies(count -> assertThat(count).isGreaterThanOrEqualTo(times))
                .satisfies(count -> {
                    if (times == 1) {
                        assertThat(count).isOne();
                    }
                }));
    }

    /** Of kind 9 none is like another. */
    private static SampleDelivery alike(int n, int kind, boolean redelivered) {
        var id = kind == 9 ? "id-" + n : kind % 3 == 0 ? null : "id-" + kind % 2;
        var first = SampleDelivery.of(id, "body-" + kind % 5);
        return redelivered ? first.again() : first;
    }

    private static String content(BridgeMessage message) {
        return message.properties().messageId() + " " + message.body();
    }
}
