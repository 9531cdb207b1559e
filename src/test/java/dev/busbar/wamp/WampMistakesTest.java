package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.broker.EmbeddedBrokerJ;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An invalid message is ignored; the session and the next message are not affected. */
class WampMistakesTest extends WampFixture {

    private static final String TOPIC = "'" + PREFIX + "a'";

    private static final List<String> UNANSWERED = List.of(
            "garbage",
            "",
            "{}",
            "null",
            "NaN",
            "[]",
            "[NaN]",
            "['PUBLISH',1,{}," + TOPIC + "]",
            "[1.5]",
            "[99999999999]",
            "[1000,1,{}]",
            "[36,1,2,{}]",
            "[49,1,{}]",
            "[70,1,{},[]]",
            "[1]",
            "[5]",
            "[16]",
            "[16,1",
            "[16,'x',{'acknowledge':true}," + TOPIC + "]",
            "[16,0,{'acknowledge':true}," + TOPIC + "]",
            "[16,1.5,{'acknowledge':true}," + TOPIC + "]",
            "[16,9007199254740993,{'acknowledge':true}," + TOPIC + "]",
            "[16,1,[]," + TOPIC + "]",
            "[16,1,{}," + TOPIC + ",[NaN]]",
            "[16,1,{'exclude_me':false}," + TOPIC + ",[{'price':Infinity}]]",
            "[16,1,{'exclude_me':false}," + TOPIC + ",[1],{'low':-Infinity}]",
            "[16,1,{'exclude_me':false}," + TOPIC + ",[01]]",
            "[16,1,{'exclude_me':'no'}," + TOPIC + ",[1]]",
            "[16,1,{'acknowledge':null,'retain':NaN}," + TOPIC + ",[1]]",
            "[16,1,{}," + TOPIC + "," + "[".repeat(5_000) + "]",
            "[32,'1',{}," + TOPIC + "]",
            "[34]",
            "\uFEFF[34,1,1]");

    private static final List<String> ANSWERED = List.of(
            "[16,%d,{'acknowledge':true}," + TOPIC + ",[NaN]]",
            "[16,%d,{'acknowledge':true}," + TOPIC + ",[[{'a':[-Infinity]}]]]",
            "[16,%d,{'acknowledge':true}," + TOPIC + ",[1],{'a':NaN}]",
            "[16,%d,{'acknowledge':true}," + TOPIC + ",{}]",
            "[16,%d,{'acknowledge':true}," + TOPIC + ",[],[]]",
            "[16,%d,{'acknowledge':true}," + TOPIC + ",[],{},1]",
            "[16,%d,{'acknowledge':true}," + TOPIC + ",[1e99999999999]]",
            "[16,%d,{'acknowledge':true}," + TOPIC + ",[" + "9".repeat(2_000) + "]]",
            "[16,%d,{'acknowledge':true}," + TOPIC + "," + "[".repeat(5_000) + "]",
            "[16,%d,{'acknowledge':true,'exclude_me':7}," + TOPIC + "]",
            "[16,%d,{'acknowledge':'yes'}," + TOPIC + "]",
            "[16,%d,{'acknowledge':true,'retain':NaN}," + TOPIC + ",[1]]",
            "[16,%d,{'acknowledge':true},null]",
            "[16,%d,{'acknowledge':true}]",
            "[32,%d,{}," + TOPIC + ",5]",
            "[32,%d,[]," + TOPIC + "]",
            "[32,%d,{'match':NaN}," + TOPIC + "]",
            "[32,%d,{},7]",
            "[34,%d,null]",
            "[34,%d]");

    WampMistakesTest() {
        super(EmbeddedBrokerJ.shared());
    }

    @Test
    void whoDoesNotWaitIsNotToldAndGoesOn() {
        serve();
        var client = joined();
        var id = client.subscribe(PREFIX + "a", "{}");

        for (var mistake : UNANSWERED) {
            client.say(mistake);
        }

        client.publish(PREFIX + "a", "'next'");
        eventually(() -> assertThat(client.bodies(id)).containsExactly("next"));
        assertThat(client.messages).extracting(it -> it.getInteger(0)).containsExactly(2, 33, 36);
        assertThat(wamp.counts().invalid()).isEqualTo(UNANSWERED.size());
    }

    @Test
    void whoWaitsIsToldWhatIsWrongAndGoesOn() {
        serve();
        var client = joined();
        var id = client.subscribe(PREFIX + "a", "{}");

        for (int i = 0; i < ANSWERED.size(); i++) {
            client.say(ANSWERED.get(i).formatted(1_000 + i));
        }

        for (int i = 0; i < ANSWERED.size(); i++) {
            var kind = Integer.parseInt(ANSWERED.get(i).substring(1, 3));
            assertThat(client.refused(kind, 1_000 + i)).as(ANSWERED.get(i)).isEqualTo("wamp.error.invalid_argument");
        }
        client.publish(PREFIX + "a", "'next'");
        eventually(() -> assertThat(client.bodies(id)).containsExactly("next"));
        assertThat(client.of(8))
                .hasSize(ANSWERED.size())
                .allSatisfy(it -> assertThat(it.getJsonArray(5).getString(0)).isNotBlank());
    }

    @Test
    void whatOnlyADealerDoesIsAnsweredToo() {
        serve();
        var client = joined();

        client.say("[48,1,{},'a.b',[]]");
        client.say("[64,2,{},'a.b']");
        client.say("[66,3,4]");

        assertThat(client.refused(48, 1)).isEqualTo("wamp.error.feature_not_supported");
        assertThat(client.refused(64, 2)).isEqualTo("wamp.error.feature_not_supported");
        assertThat(client.refused(66, 3)).isEqualTo("wamp.error.feature_not_supported");
        assertThat(client.subscribe(PREFIX + "a", "{}")).isPositive();
    }

    /** A GOODBYE ends the session even if it is malformed. */
    @Test
    void aGoodbyeOfAnyShapeIsOne() {
        serve();
        var client = joined();

        client.say("[6]");

        assertThat(client.only(6).getString(2)).isEqualTo("wamp.close.goodbye_and_out");
        eventually(() -> assertThat(client.socket().isClosed()).isTrue());
    }

    /** Numbers stay as they were written, even if a double cannot hold them. */
    @Test
    void numbersArriveWithAllTheirDigits() {
        serve();
        var client = joined();
        var id = client.subscribe(PREFIX + "a", "{}");
        var numbers = "{'serial':1724442618569203714,'price':1.10,'big':123456789012345678901234567890,'far':1e400}";

        client.publish(PREFIX + "a", numbers);
        client.say("[16,77,{'exclude_me':false}," + TOPIC + ",[1.10,2],{'k':1.10}]");

        eventually(() -> assertThat(client.texts).hasSize(4));
        assertThat(client.texts.get(2)).endsWith(",[" + numbers.replace('\'', '"') + "]]");
        assertThat(client.texts.get(3)).endsWith(",[1.10,2],{\"k\":1.10}]");
        assertThat(client.events(id)).hasSize(2);
    }
}
