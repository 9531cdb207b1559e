package dev.busbar.wamp;

import dev.busbar.wamp.Occupant.Kept;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/** Gets what has come to its {@link Place} while its master was away, and then what comes, as it has room for it. */
final class Parked extends Subscription {

    private final Place place;
    private final Line line;
    private final Occupant occupant = new Occupant(Vertx.currentContext(), this::taken);
    private final ArrayDeque<Kept> unsent = new ArrayDeque<>();

    Parked(Session session, ClientMessage.Subscribe request, Interest interest, Place place, Line line) {
        super(session, request, interest);
        this.place = place;
        this.line = line;
    }

    Place place() {
        return place;
    }

    @Override
    Future<Void> live() {
        return session().client().first(place.enter(occupant));
    }

    @Override
    void confirm() {
        super.confirm();
        if (isEnded()) {
            end(true);
        } else {
            ask();
        }
    }

    /** Not before there is room: what is given is settled already. */
    private void ask() {
        if (line.hasRoom()) {
            atPlace(it -> it.ask(occupant));
        } else {
            line.whenRoom(this::ask);
        }
    }

    private void taken(List<Kept> batch) {
        unsent.addAll(batch);
        send();
    }

    private void send() {
        while (!unsent.isEmpty() && !isEnded() && line.hasRoom()) {
            var next = unsent.poll();
            if (!Events.excludes(next.message(), session().id())) {
                sendEvent(session().router().events().encode(interest().pattern(), next), false);
            }
        }
        if (isEnded()) {
            owe();
        } else if (unsent.isEmpty()) {
            ask();
        } else {
            line.whenRoom(this::send);
        }
    }

    private void owe() {
        if (!unsent.isEmpty()) {
            var rest = List.copyOf(unsent);
            unsent.clear();
            atPlace(it -> it.owe(rest));
        }
    }

    @Override
    Future<Void> end(boolean keep) {
        owe();
        return atPlace(it -> it.leave(occupant, keep));
    }

    private Future<Void> atPlace(Consumer<Place> work) {
        return session().router().hub().withConnections(broker -> {
            work.accept(place);
            return Future.succeededFuture();
        });
    }
}
