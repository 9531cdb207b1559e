package dev.busbar.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class LoggedExceptionsTest {

    private final LoggedExceptions exceptions = new LoggedExceptions();

    /** There is none here, which closing would not survive. */
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
