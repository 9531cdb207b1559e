package dev.busbar.mq;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.ArtemisHere;

@Repeats
class ArtemisMessageQueueIT extends MessageQueueContract {
    ArtemisMessageQueueIT() {
        super(ArtemisHere.shared());
    }
}
