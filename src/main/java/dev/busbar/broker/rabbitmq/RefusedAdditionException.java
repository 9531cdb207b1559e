package dev.busbar.broker.rabbitmq;

import dev.busbar.broker.BrokerException;
import dev.busbar.text.UserFacingFailure;

/**
 * Reports that the broker has closed a channel over arguments that were only added to a queue's. They are left out on
 * another channel, to be opened at once. Carries no stack trace.
 */
final class RefusedAdditionException extends RuntimeException implements UserFacingFailure {

    private static final long serialVersionUID = 1;

    RefusedAdditionException(BrokerException refusal) {
        super(refusal.getMessage(), refusal, false, false);
    }
}
