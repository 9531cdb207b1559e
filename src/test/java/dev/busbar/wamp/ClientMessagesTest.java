package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.codec.JsonText;
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

/** Client messages are decoded, or refused with the mistake named. */
class ClientMessagesTest {

    /** Messages as autobahn 22.7.1 under Buildbot 3.7.0 writes them. */
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
                        1, new JsonObject(), "org.buildbot.5.connected", JsonText.EMPTY_ARRAY, JsonText.EMPTY_OBJECT));
        assertThat(published.isAcknowledged()).isFalse();
        assertThat(published.excludesMe()).isFalse();
        assertThat(published.arguments()).hasToString("[{\"masterid\":5,\"active\":true}]");
        assertThat(read("[32,3,{'match':'wildcard'},'org.buildbot.mq.changes..new']"))
                .isEqualTo(new Subscribe(3, new JsonObject().put("match", "wildcard"), "org.buildbot.mq.changes..new"));
        assertThat(read("[34,4,9007199254740992]")).isEqualTo(new Unsubscribe(4, 1L << 53));
    }

    @Test
    void readsTheRestOfTheBasicProfile() {
        assertThat(read("[3,{},'wamp.close.goodbye_and_out']")).isEqualTo(new Abort());
        assertThat(read("[5,'sig',{}]")).isEqualTo(new Authenticate("sig"));
        assertThat(read("[6,{},'wamp.close.close_realm']")).isEqualTo(new Goodbye());
        var all = (Publish) read("[16,1,{'acknowledge':true},'a.b',[1,null],{'k':[2.5]}]");
        assertThat(all.isAcknowledged()).isTrue();
        assertThat(all.excludesMe()).isTrue();
        assertThat(all.arguments()).hasToString("[1,null]");
        assertThat(all.keywords()).hasToString("{\"k\":[2.5]}");
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

    /** The id 0 stands for a request whose client does not wait for an answer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[16,7,{'acknowledge':true},'a.b',[NaN]]        | 16 | 7 | true",
                "[16,7,{'acknowledge':true},'a.b',[[-Infinity]]]| 16 | 7 | true",
                "[16,7,{'acknowledge':true},'a.b',[],{'a':NaN}] | 16 | 7 | true",
                "[16,7,{'acknowledge':true},'a.b',[1            | 16 | 7 | true",
                "[16,7,{'acknowledge':1},'a.b',[1]]             | 16 | 7 | true",
                "[16,7,{'acknowledge':true},'a.b',[1]] x        | 16 | 7 | true",
                "[16,7,{'acknowledge':true},5]                  | 16 | 7 | true",
                "[16,7,{'acknowledge':true}]                    | 16 | 7 | true",
                "[16,7,{'acknowledge':false},'a.b',[NaN]]       | 16 | 7 | false",
                "[16,7,{},'a.b',[NaN]]                          | 16 | 7 | false",
                "[16,7,{'a':NaN},'a.b',[]]                      | 16 | 7 | false",
                "[16,7,NaN,'a.b',[]]                            | 16 | 7 | false",
                "[16,NaN,{'acknowledge':true},'a.b',[]]         | 16 | 0 | false",
                "[16,0,{'acknowledge':true},'a.b',[]]           | 16 | 0 | false",
                "[32,8,{},'a.b',[]]                             | 32 | 8 | true",
                "[32,8,{'match':NaN},'a.b']                     | 32 | 8 | true",
                "[34,9]                                         | 34 | 9 | true",
                "[34,9,Infinity]                                | 34 | 9 | true",
                "[48,9,{},'a.b',[1]]                            | 48 | 9 | true",
                "[64,9,{},'a.b']                                | 64 | 9 | true",
                "[66,9,1]                                       | 66 | 9 | true",
            })
    void tellsWhoseFaultItIs(String text, int kind, long id, boolean awaited) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        it -> assertThat(it.request()).isEqualTo(new Request(kind, id, awaited)));
    }

    /** Numbers stay as they were written; JSON libraries would round them. */
    @Test
    void keepsTextAsItWasWritten() {
        var long1 = "[" + "1724442618569203714, ".repeat(5_000) + "1.10, -0.0, 1e400, \"\\u00e9é\"]";

        var publish = (Publish) ClientMessages.read("[ 16 , 1 , {} , \"a.b\" , " + long1 + " , {\"k\" : 1E+2 } ] ");

        assertThat(publish.arguments()).hasToString(long1);
        assertThat(publish.keywords()).hasToString("{\"k\" : 1E+2 }");
        assertThat(publish.arguments().value()).isInstanceOf(JsonArray.class);
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
                "NaN",
                "-Infinity",
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
        assertThatThrownBy(() -> ClientMessages.read("[16,1,{\"acknowledge\":true},\"a\"," + "[".repeat(100_000)))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class, it -> assertThat(it.request()).isEqualTo(new Request(16, 1, true)));
    }

    private static ClientMessage read(String text) {
        return ClientMessages.read(text.replace('\'', '"'));
    }
}
