package dev.busbar.broker.amqp10;

import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Section;

/**
 * Stands for a message that is none.
 *
 * @param message all of its bytes
 * @param problem why it cannot be read
 */
record UnreadableBody(Binary message, String problem) implements Section {

    @Override
    public SectionType getType() {
        return SectionType.Data;
    }
}
