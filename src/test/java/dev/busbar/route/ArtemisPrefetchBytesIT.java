package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;
import dev.busbar.testing.Repeats;

@Repeats
class ArtemisPrefetchBytesIT extends PrefetchBytesContract {
    ArtemisPrefetchBytesIT() {
        super(ArtemisHere.shared());
    }
}
