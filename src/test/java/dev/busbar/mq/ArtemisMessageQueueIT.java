package dev.busbar.mq;

import dev.busbar.broker.ArtemisHere;

class ArtemisMessageQueueIT extends MessageQueueContract {
    ArtemisMessageQueueIT() {
        super(ArtemisHere.shared());
    }
}
