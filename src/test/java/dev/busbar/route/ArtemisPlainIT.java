package dev.busbar.route;

import dev.busbar.testing.broker.ArtemisByAddress;

class ArtemisPlainIT extends PlainContract {

    ArtemisPlainIT() {
        super(ArtemisByAddress.shared());
    }

    @Override
    String deadLettersOfThePeer() {
        return "DLQ";
    }
}
