package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;
import dev.busbar.testing.Repeats;

@Repeats
class ArtemisPrefetchBytesIT extends PrefetchBytesScenarios {
    ArtemisPrefetchBytesIT() {
        super(ArtemisHere.shared());
    }
}
