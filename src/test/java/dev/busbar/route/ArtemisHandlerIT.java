package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;
import dev.busbar.testing.Repeats;

@Repeats
class ArtemisHandlerIT extends HandlerContract {
    ArtemisHandlerIT() {
        super(ArtemisHere.shared());
    }
}
