package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.wamp.ClientMessage.Abort;
import dev.busbar.wamp.ClientMessage.Authenticate;
import dev.busbar.wamp.ClientMessage.Goodbye;
import dev.busbar.wamp.ClientMessage.Hello;
import dev.busbar.wamp.ClientMessage.Publish;
import dev.busbar.wamp.ClientMessage.Subscribe;
import dev.busbar.wamp.ClientMessage.Unsubscribe;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients send is read, or refused with what is wrong. */
class ClientMessagesTest {

    /** As autobahn 22.7.1 under Buildbot 3.7.0 writes them. */
    @Test
    void readsWhatBuildbotSends() {
        var hello = (Hello) read(
                "[1,'realm1',{'roles':{'subscriber':{'features':{'publisher_identification':true}},'publisher':{}}}]");
        var connected = (Publish) read("[16,1,{},'org.buildbot.5.connected']");
        var published = (Publish)
                read("[16,7,{'exclude_me':false},'org.buildbot.mq.masters.5.started',[{'masterid':5,'active':true}]]");

        assertThat(hello.realm()).isEqualTo("realm1");
        assertThat(connected)
                .isEqualTo(new Publish(
                        1, new JsonObject(), "org.buildbot.5.connected", new JsonArray(), new JsonObject()));
        assertThat(published.isAcknowledged()).isFalse();
        assertThat(published.excludesMe()).isFalse();
        assertThat(published.arguments())
                .isEqualTo(
                        new JsonArray().add(new JsonObject().put("masterid", 5).put("active", true)));
        assertThat(read("[32,3,{'match':'wildcard'},'org.buildbot.mq.changes..new']"))
                .isEqualTo(new Subscribe(3, new JsonObject().put("match", "wildcard"), "org.buildbot.mq.changes..new"));
        assertThat(read("[34,4,9007199254740992]")).isEqualTo(new Unsubscribe(4, 1L << 53));
    }

    @Test
    void readsTheRestOfTheBasicProfile() {
        assertThat(read("[3,{},'wamp.close.goodbye_and_out']")).isEqualTo(new Abort("wamp.close.goodbye_and_out"));
        assertThat(read("[5,'sig',{}]")).isEqualTo(new Authenticate("sig"));
        assertThat(read("[6,{},'wamp.close.close_realm']")).isEqualTo(new Goodbye("wamp.close.close_realm"));
        var all = (Publish) read("[16,1,{'acknowledge':true},'a.b',[1,null],{'k':[2.5]}]");
        assertThat(all.isAcknowledged()).isTrue();
        assertThat(all.excludesMe()).isTrue();
        assertThat(all.keywords()).isEqualTo(new JsonObject().put("k", new JsonArray().add(2.5)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                 | must be a JSON array",
                "{}                               | must be a JSON array",
                "null                             | must be a JSON array",
                "[1,2                             | must be a JSON array",
                "[6,{},'x'] x                     | must be a JSON array",
                "[]                               | must begin with the number of its type",
                "['HELLO']                        | must begin with the number of its type",
                "[1.0,'realm1',{}]                | must begin with the number of its type",
                "[99999999999,'realm1',{}]        | must begin with the number of its type",
                "[1000]                           | no message of type 1000",
                "[48,1,{},'a.b']                  | CALL is not for a router whose only role is broker",
                "[36,1,2,{}]                      | EVENT is not for a router whose only role is broker",
                "[1,'realm1']                     | HELLO has 2 elements and must have 3",
                "[1,1,{}]                         | HELLO: element 1, the realm, must be a text, not 1",
                "[1,'realm1',[]]                  | HELLO: element 2, the details, must be an object",
                "[32,1,{},'a.b',5]                | SUBSCRIBE has 5 elements and must have 4",
                "[32,0,{},'a.b']                  | SUBSCRIBE: element 1, the request, must be an integer from 1 to 2^53",
                "[32,'1',{},'a.b']                | SUBSCRIBE: element 1, the request, must be an integer from 1 to 2^53",
                "[32,9007199254740993,{},'a.b']   | SUBSCRIBE: element 1, the request, must be an integer from 1 to 2^53",
                "[32,99999999999999999999,{},'a'] | SUBSCRIBE: element 1, the request, must be an integer from 1 to 2^53",
                "[34,1,null]                      | UNSUBSCRIBE: element 2, the subscription, must be an integer",
                "[16,1,{},'a.b',{}]               | PUBLISH: element 4, the arguments, must be an array",
                "[16,1,{},'a.b',[],[]]            | PUBLISH: element 5, the keyword arguments, must be an object",
                "[16,1,{'exclude_me':1},'a.b']    | PUBLISH: the option exclude_me must be true or false",
                "[16,1,{'acknowledge':null},'a']  | PUBLISH: the option acknowledge must be true or false",
            })
    void saysWhatIsWrong(String text, String message) {
        var given = text == null ? "" : text;

        assertThatThrownBy(() -> read(given))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining(message);
    }

    @Property
    void refusesGarbageAndNothingElseHappens(@ForAll("garbage") String text) {
        try {
            assertThat(ClientMessages.read(text)).isNotNull();
        } catch (ProtocolViolation refused) {
            assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(300).doesNotContainPattern("\\p{Cntrl}");
        }
    }

    @Provide
    Arbitrary<String> garbage() {
        var type = Arbitraries.of("1", "3", "5", "6", "16", "32", "34", "48", "-1", "1e9", "\"1\"", "null");
        var element = Arbitraries.of(
                "1",
                "0",
                "-5",
                "1e400",
                "9007199254740993",
                "\"a.b\"",
                "\"\\u0000\\ud800\"",
                "{}",
                "[]",
                "null",
                "true",
                "{\"match\":5}",
                "[[[[]]]]",
                "{\"acknowledge\":true}");
        var almost = Combinators.combine(type, element.list().ofMaxSize(7))
                .as((number, rest) -> "[" + number + (rest.isEmpty() ? "" : "," + String.join(",", rest)) + "]");
        return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(200), almost);
    }

    @Test
    void refusesWhatIsNestedWithoutEnd() {
        assertThatThrownBy(() -> ClientMessages.read("[16,1,{},\"a\"," + "[".repeat(100_000)))
                .isInstanceOf(ProtocolViolation.class);
    }

    private static ClientMessage read(String text) {
        return ClientMessages.read(text.replace('\'', '"'));
    }
}
