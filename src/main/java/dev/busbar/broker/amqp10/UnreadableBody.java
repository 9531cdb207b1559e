package dev.busbar.broker.amqp10;

import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Section;

/**
 * Takes the place of a message that cannot be decoded.
 *
 * @param message all bytes of the message
 * @param problem why it cannot be decoded
 */
record UnreadableBody(Binary message, String problem) implements Section {

    @Override
    public SectionType getType() {
        return SectionType.Data;
    }
}
