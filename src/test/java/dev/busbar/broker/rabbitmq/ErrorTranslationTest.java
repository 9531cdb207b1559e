package dev.busbar.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MalformedFrameException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import io.netty.handler.codec.DecoderException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorTranslationTest {

    private static final String PLACE = "mq.example:5672";

    /**
     * Holds a failure and its translation.
     *
     * @param says words of the remedy, and the name of the thing where there is one
     */
    record Row(Exception failure, String foreign, Kind kind, List<String> says) {}

    static Stream<Row> connecting() {
        return Stream.of(
                row(
                        new AuthenticationFailureException("ACCESS_REFUSED"),
                        Kind.AUTHENTICATION,
                        "'eve'",
                        "check the user"),
                row(login(closing(530, "NOT_ALLOWED")), Kind.AUTHENTICATION, "'eve'", "password in broker.uri"),
                row(login(new EOFException()), Kind.AUTHENTICATION, "'eve'", "check the user"),
                row(login(closing(320, "CONNECTION_FORCED - shutdown")), Kind.UNREACHABLE, "320", "is it starting"),
                row(wrapped(closing(541, "INTERNAL_ERROR - vhost '/x' is down")), Kind.UNREACHABLE, "541", "unwell"),
                row(
                        wrapped(closing(530, "NOT_ALLOWED - vhost /x not found")),
                        Kind.NOT_FOUND,
                        "'/x'",
                        "create it, or name another"),
                row(
                        wrapped(closing(404, "Unknown virtual host: '/x'")),
                        Kind.NOT_FOUND,
                        "'/x'",
                        "create it, or name another"),
                row(
                        wrapped(closing(530, "NOT_ALLOWED - access to vhost '/x' refused for user 'eve'")),
                        Kind.FORBIDDEN,
                        "'eve'",
                        "'/x'",
                        "grant permissions"),
                row(
                        wrapped(closing(
                                530, "NOT_ALLOWED - access to vhost '/x' refused: connection limit (1) is reached")),
                        Kind.LIMIT,
                        "raise the limit"),
                row(wrapped(closing(501, "FRAME_ERROR")), Kind.REFUSED, "501 FRAME_ERROR", "log may tell"),
                row(
                        new IOException(new SSLHandshakeException("PKIX path building failed")),
                        Kind.AUTHENTICATION,
                        "broker.tls",
                        "PKIX"),
                row(new MalformedFrameException("bad"), Kind.NOT_A_BROKER, "amqp10://", "amqps://"),
                row(new IOException(new DecoderException("odd")), Kind.NOT_A_BROKER, "amqp10://"),
                new Row(new TimeoutException(), "HTTP/1.1 400", Kind.NOT_A_BROKER, List.of("HTTP/1.1 400", "the port")),
                row(new TimeoutException(), Kind.UNREACHABLE, "did not answer in time"),
                row(
                        new IOException("No compatible authentication mechanism found - server offered [PLAIN]"),
                        Kind.AUTHENTICATION,
                        "[PLAIN]",
                        "broker.sasl"),
                row(new NoSuchElementException("SomeDecoder"), Kind.UNREACHABLE, "closes them at once", "amqps://"),
                row(new ConnectException("Connection refused"), Kind.UNREACHABLE, "refused", "is it running"));
    }

    @ParameterizedTest
    @MethodSource
    void connecting(Row row) {
        var tried = new ConnectionFactory();
        tried.setUsername("eve");
        tried.setPassword("s3cret!");
        tried.setVirtualHost("/x");

        var translated = ConnectErrors.translate(row.failure(), PLACE, tried, row.foreign(), false);

        assertThat(translated.kind()).isEqualTo(row.kind());
        assertThat(translated.getMessage())
                .contains(PLACE)
                .contains(row.says())
                .doesNotContain("s3cret!", "null", "Exception");
    }

    @Test
    void aConnectionLostDuringTheLoginIsNoWrongPasswordIfTheBrokerWouldSaySo() {
        var tried = new ConnectionFactory();

        var lost = ConnectErrors.translate(login(new EOFException()), PLACE, tried, null, true);
        var refused = ConnectErrors.translate(login(closing(530, "NOT_ALLOWED")), PLACE, tried, null, true);

        assertThat(lost.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(lost).hasMessageContaining(PLACE).hasMessageContaining("during the login");
        assertThat(refused.kind()).isEqualTo(Kind.AUTHENTICATION);
        var said = ConnectErrors.translate(new AuthenticationFailureException("no"), PLACE, tried, null, true);
        assertThat(said.kind()).isEqualTo(Kind.AUTHENTICATION);
    }

    static Stream<Row> using() {
        return Stream.of(
                row(channelClosed(403, "ACCESS_REFUSED"), Kind.FORBIDDEN, "Grant the permission"),
                row(
                        channelClosed(403, "ACCESS_REFUSED - queue 'q' in vhost '/' in exclusive use"),
                        Kind.REFUSED,
                        "in use by another consumer"),
                row(channelClosed(404, "NOT_FOUND"), Kind.NOT_FOUND, "Create it, or correct"),
                row(
                        channelClosed(404, "NOT_FOUND - queue 'q' in vhost '/' has crashed and failed to restart"),
                        Kind.UNREACHABLE,
                        "restart the broker's node"),
                row(
                        channelClosed(
                                404,
                                "NOT_FOUND - home node 'rabbit@a' of durable queue 'q' in vhost '/' is down or"
                                        + " inaccessible"),
                        Kind.UNREACHABLE,
                        "start the node of the broker that has it"),
                row(
                        channelClosed(
                                404,
                                "NOT_FOUND - failed to perform operation on queue 'q' in vhost '/' due to timeout"),
                        Kind.UNREACHABLE,
                        "Try again"),
                row(channelClosed(405, "RESOURCE_LOCKED"), Kind.REFUSED, "Stop the other"),
                row(channelClosed(406, "PRECONDITION_FAILED"), Kind.MISMATCH, "set its declare to passive or false"),
                row(
                        channelClosed(
                                406, "PRECONDITION_FAILED - message size 17 is larger than configured max size 16"),
                        Kind.LIMIT,
                        "max_message_size"),
                row(
                        channelClosed(406, "PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out"),
                        Kind.UNREACHABLE,
                        "consumer_timeout"),
                row(closing(540, "NOT_IMPLEMENTED"), Kind.MISMATCH, "540"),
                row(closing(542, "INVALID_ARGUMENT"), Kind.MISMATCH, "Configure it alike"),
                row(channelClosed(311, "CONTENT_TOO_LARGE"), Kind.LIMIT, "Raise it"),
                row(closing(506, "RESOURCE_ERROR"), Kind.LIMIT, "Raise it"),
                row(closing(320, "CONNECTION_FORCED"), Kind.UNREACHABLE, "320"),
                row(closing(504, "CHANNEL_ERROR"), Kind.REFUSED, "504"),
                row(new TimeoutException("no answer"), Kind.UNREACHABLE, "did not answer in time"),
                row(new ShutdownSignalException(true, false, null, null), Kind.UNREACHABLE, "was lost"),
                row(new IOException("Broken pipe"), Kind.UNREACHABLE, "Broken pipe"),
                row(new IllegalArgumentException("too long"), Kind.REFUSED, "too long"));
    }

    /** Shows that a failure that concerns no declaration does not tell anybody to delete a queue. */
    @Test
    void whatIsRefusedWhileNothingIsDeclaredIsNoQueuesFault() {
        var refused = channelClosed(406, "PRECONDITION_FAILED - user_id property set to 'x'");

        assertThat(RabbitErrors.translate(refused, RabbitErrors.USING)).hasMessageNotContaining("delete it");
    }

    @ParameterizedTest
    @MethodSource
    void using(Row row) {
        for (var failure : List.of(row.failure(), new IOException(row.failure()))) {
            if (row.failure() instanceof IllegalArgumentException && failure != row.failure()) {
                continue;
            }
            var translated = RabbitErrors.translate(failure, "declaring queue 'q'");

            assertThat(translated.kind()).isEqualTo(row.kind());
            assertThat(translated.getMessage()).contains("declaring queue 'q'").contains(row.says());
            assertThat(translated).hasCause(failure);
        }
    }

    @Test
    void isTranslatedOnce() {
        var known = new BrokerException(Kind.LIMIT, "no channel is left");

        assertThat(RabbitErrors.translate(known, "opening a channel")).isSameAs(known);
    }

    private static Row row(Exception failure, Kind kind, String... says) {
        return new Row(failure, null, kind, List.of(says));
    }

    private static PossibleAuthenticationFailureException login(Exception cause) {
        return new PossibleAuthenticationFailureException(cause);
    }

    private static IOException wrapped(ShutdownSignalException cause) {
        return new IOException(cause);
    }

    private static ShutdownSignalException closing(int code, String text) {
        var reason = new AMQP.Connection.Close.Builder()
                .replyCode(code)
                .replyText(text)
                .build();
        return new ShutdownSignalException(true, false, reason, null);
    }

    private static ShutdownSignalException channelClosed(int code, String text) {
        var reason =
                new AMQP.Channel.Close.Builder().replyCode(code).replyText(text).build();
        return new ShutdownSignalException(false, false, reason, null);
    }
}
