package dev.busbar.broker;

import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;

/** What is asked of one filter, and what the broker is known to have of it. */
final class Binding {

    private final TopicFilter filter;
    private boolean wanted;
    /** The broker has confirmed it, and has not been asked to take it away. */
    private boolean accepted;

    private boolean retried;
    private boolean known;
    private boolean sent;
    private Promise<Void> waiting;

    private Binding(TopicFilter filter, boolean declared) {
        this.filter = filter;
        this.wanted = declared;
        this.accepted = declared;
        this.known = declared;
        this.sent = declared;
    }

    static Binding declared(TopicFilter filter) {
        return new Binding(filter, true);
    }

    static Binding unknown(TopicFilter filter) {
        return new Binding(filter, false);
    }

    TopicFilter filter() {
        return filter;
    }

    boolean wanted() {
        return wanted;
    }

    boolean isDeclared() {
        return wanted && accepted;
    }

    /** It has been asked to be bound, and the broker knows nothing of that. */
    boolean neverSent() {
        return wanted && !sent;
    }

    void sent() {
        sent = true;
    }

    static BrokerException unboundEarly(TopicFilter filter) {
        return new BrokerException(
                BrokerException.Kind.REFUSED, "filter '" + filter + "' was unbound before its binding was live");
    }

    /** @return whether this changes anything; then who waited for the opposite is told */
    boolean want(boolean bound, ContextInternal context) {
        if (known && wanted == bound) {
            return false;
        }
        known = true;
        wanted = bound;
        accepted = false;
        retried = false;
        if (bound) {
            tell(null);
        } else {
            failed(unboundEarly(filter));
        }
        waiting = context.promise();
        return true;
    }

    /** @return what whoever asks for it waits for */
    Future<Void> asked(ContextInternal context) {
        if (waiting == null) {
            waiting = context.promise();
        }
        return waiting.future();
    }

    /** What is wanted is so. */
    void made() {
        accepted = wanted;
        tell(null);
    }

    /** @return whether somebody waited */
    boolean failed(BrokerException failure) {
        return tell(failure);
    }

    private boolean tell(BrokerException failure) {
        var told = waiting;
        waiting = null;
        if (told != null && failure == null) {
            told.complete();
        } else if (told != null) {
            told.fail(failure);
        }
        return told != null;
    }

    /** @return whether it has not been tried again before */
    boolean retryOnce() {
        var first = !retried;
        retried = true;
        return first;
    }
}
