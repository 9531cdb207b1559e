package dev.busbar.broker.rabbitmq;

import dev.busbar.broker.BrokerException;
import dev.busbar.text.UserFacingFailure;

/**
 * The broker has closed a channel over arguments that were only added to a queue's: on another channel, to be opened at
 * once, they are left out. Carries no stack trace.
 */
final class RefusedAdditionException extends RuntimeException implements UserFacingFailure {

    private static final long serialVersionUID = 1;

    RefusedAdditionException(BrokerException refusal) {
        super(refusal.getMessage(), refusal, false, false);
    }
}
