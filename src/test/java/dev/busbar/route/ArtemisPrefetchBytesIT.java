package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.ArtemisHere;

@Repeats
class ArtemisPrefetchBytesIT extends PrefetchBytesContract {
    ArtemisPrefetchBytesIT() {
        super(ArtemisHere.shared());
    }
}
