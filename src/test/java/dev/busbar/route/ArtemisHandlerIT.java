package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.ArtemisHere;

@Repeats
class ArtemisHandlerIT extends HandlerContract {
    ArtemisHandlerIT() {
        super(ArtemisHere.shared());
    }
}
