package dev.busbar.mq;

import dev.busbar.broker.ArtemisHere;
import dev.busbar.testing.Repeats;

@Repeats
class ArtemisMessageQueueIT extends MessageQueueContract {
    ArtemisMessageQueueIT() {
        super(ArtemisHere.shared());
    }
}
