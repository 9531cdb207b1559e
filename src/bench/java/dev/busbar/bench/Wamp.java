package dev.busbar.bench;

import java.util.ArrayList;
import java.util.List;

/** A bridge whose clients speak WAMP. */
interface Wamp extends SocketServer.Bridge {

    String PATH = "/wamp";
    String SUBPROTOCOL = "wamp.2.json";
    String PREFIX = "org.buildbot.mq.";
    String HELLO = "[1,\"realm1\",{\"roles\":{\"publisher\":{},\"subscriber\":{}}}]";

    int SUBSCRIPTIONS = 10;

    @Override
    default String path() {
        return PATH;
    }

    @Override
    default String subprotocol() {
        return SUBPROTOCOL;
    }

    /** As many subscriptions as a small master has, to one of which something is published. */
    @Override
    default List<String> greeting() {
        var said = new ArrayList<>(List.of(HELLO));
        for (var i = 0; i < SUBSCRIPTIONS; i++) {
            said.add("[32," + (i + 1) + ",{\"match\":\"wildcard\"},\"" + PREFIX + (i == 0 ? "bench" : "idle" + i)
                    + "..finished\"]");
        }
        return said;
    }
}
