package dev.busbar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUriTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "amqp://user:pass@host:10000/vhost        | amqp    | host      | 10000 | user  | pass  | vhost",
                "amqp://user%61:%61pass@ho_st:10000/v%2fh | amqp    | ho_st     | 10000 | usera | apass | v/h",
                "amqp://host                              | amqp    | host      | 5672  | guest | guest | /",
                "amqp://host/                             | amqp    | host      | 5672  | guest | guest | ''",
                "amqp://host/%2F                          | amqp    | host      | 5672  | guest | guest | /",
                "amqp://user@host                         | amqp    | host      | 5672  | user  | guest | /",
                "amqp://:@host                            | amqp    | host      | 5672  | ''    | ''    | /",
                "amqps://host                             | amqps   | host      | 5671  | guest | guest | /",
                "amqp10://host                            | amqp10  | host      | 5672  | guest | guest | /",
                "amqp10s://host                           | amqp10s | host      | 5671  | guest | guest | /",
                "amqp://[::1]                             | amqp    | ::1       | 5672  | guest | guest | /",
                "amqp://u:p@[fe80::1]:1/v                 | amqp    | fe80::1   | 1     | u     | p     | v",
                "amqp://u:a+b%40%3A@h/a%20b+c             | amqp    | h         | 5672  | u     | a+b@: | a b+c",
            })
    void readsWhatRabbitMqSpecifies(
            String text, String scheme, String host, int port, String user, String password, String virtualHost) {
        assertThat(BrokerUri.parse(text))
                .isEqualTo(new BrokerUri(scheme, host, port, user, new Secret(password), virtualHost));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host                | has no known scheme",
                "AMQP://host         | has no known scheme",
                "amqp:host           | names no host",
                "amqp://             | is not a URI",
                "amqp:///vhost       | names no host",
                "amqp://:5672        | names no host",
                "amqp://host:0       | has no port from 1 to 65535",
                "amqp://host:65536   | has no port from 1 to 65535",
                "amqp://host:        | has no port from 1 to 65535",
                "amqp://host:five    | has no port from 1 to 65535",
                "amqp://host/a/b     | has more than one /",
                "amqp://host?a=b     | has a ? or #",
                "amqp://host/a%0Ab   | has a control character",
                "amqp://us%1ber@host | has a control character",
                "amqp://ho st        | is not a URI",
                "amqp://u:p%zz@host  | must be percent-encoded",
                "amqp://a@b@host     | must be percent-encoded",
                "amqp://::1          | too many : or @",
                "amqp://[::1         | is not a URI",
            })
    void refusesTheRestAndSaysWhy(String text, String message) {
        assertThatThrownBy(() -> BrokerUri.parse(text))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining(message);
    }

    /** One who has such a password is to hear of all its characters at once, and to see none of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3c@r3t", "s3c:r3t", "s3c/r3t", "s3c#r3t", "s3c?r3t", "s3c%r3t", "s3c r3t", "s3c[r3t]", "s3c\\r3t",
                "s3c\"r3t", "s3c%2r3t", "#s3cr3t", "/s3cr3t", "1/s3cr3t", "@s3cr3t@", "s3c:/?#[]@%r3t", "s3c\nr3t",
                        "12/3@s3cr3t"
            })
    void anUnencodedPasswordIsToldAtOnceAndNotShown(String password) {
        for (var rest : new String[] {"host", "host:5672/vhost", "[::1]:5672/%2F"}) {
            assertThatThrownBy(() -> BrokerUri.parse("amqp://user:" + password + "@" + rest))
                    .isInstanceOfSatisfying(
                            InvalidConfigException.class,
                            it -> assertThat(it.problems())
                                    .singleElement()
                                    .satisfies(problem -> assertThat(problem.remedy())
                                            .contains("%25", "%3A", "%40", "%2F", "%3F", "%23", "%5B", "%5D", "%20")))
                    .hasMessageContaining("percent-encoded")
                    .message()
                    .doesNotContain("s3c", "r3t");
        }
    }

    @Test
    void everythingThatIsWrongIsTold() {
        assertThatThrownBy(() -> BrokerUri.parse("http://user:p#w@host:99999/a/b?c"))
                .isInstanceOfSatisfying(
                        InvalidConfigException.class,
                        it -> assertThat(it.problems())
                                .extracting(Problem::message)
                                .satisfiesExactly(
                                        one -> assertThat(one).contains("percent-encoded"),
                                        two -> assertThat(two).contains("no known scheme"),
                                        three -> assertThat(three).contains("? or #"),
                                        four -> assertThat(four).contains("no port"),
                                        five -> assertThat(five).contains("more than one /")));
    }

    @Test
    void tellsTlsAndProtocol() {
        assertThat(BrokerUri.parse("amqps://h").isTls()).isTrue();
        assertThat(BrokerUri.parse("amqp10s://h").isTls()).isTrue();
        assertThat(BrokerUri.parse("amqp10://h").isTls()).isFalse();
        assertThat(BrokerUri.parse("amqp10://h").isAmqp10()).isTrue();
        assertThat(BrokerUri.parse("embedded")).isEqualTo(BrokerUri.EMBEDDED).hasToString("embedded");
    }
}
