package dev.busbar.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class LoggedExceptionsTest {

    private final LoggedExceptions exceptions = new LoggedExceptions();

    /** Passes no channel, so that an attempt to close it would fail. */
    @Test
    void whateverThrowsTheChannelIsNotClosed() {
        var thrown = new IllegalStateException("thrown in a test");

        assertThatCode(() -> exceptions.handleConsumerException(null, thrown, null, "tag", "handleDelivery"))
                .doesNotThrowAnyException();
        assertThatCode(() -> exceptions.handleReturnListenerException(null, thrown))
                .doesNotThrowAnyException();
        assertThatCode(() -> exceptions.handleConfirmListenerException(null, thrown))
                .doesNotThrowAnyException();
    }
}
