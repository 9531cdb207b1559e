package dev.busbar.broker;

import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;

/**
 * Tracks one filter of a queue's {@link Bindings}: whether the subscription wants it bound, whether the broker has
 * confirmed the change, and who waits for it. Confined to the connection's event loop.
 */
final class Binding {

    private final TopicFilter filter;
    private boolean wanted;
    /** Whether the broker has confirmed the binding and has not been asked to remove it since. */
    private boolean accepted;

    private boolean alreadyRetried;
    private boolean requestedBefore;
    private boolean sent;
    private Promise<Void> completion;

    private Binding(TopicFilter filter, boolean declared) {
        this.filter = filter;
        this.wanted = declared;
        this.accepted = declared;
        this.requestedBefore = declared;
        this.sent = declared;
    }

    /** Returns a binding that is declared together with its queue. */
    static Binding declared(TopicFilter filter) {
        return new Binding(filter, true);
    }

    /** Returns a binding that nobody has asked for yet. */
    static Binding unknown(TopicFilter filter) {
        return new Binding(filter, false);
    }

    TopicFilter filter() {
        return filter;
    }

    boolean wanted() {
        return wanted;
    }

    /** Returns whether the binding is wanted and confirmed by the broker. */
    boolean isDeclared() {
        return wanted && accepted;
    }

    /** Returns whether the binding is wanted and no request for it has been sent to the broker. */
    boolean neverSent() {
        return wanted && !sent;
    }

    /** Notes that a request for the wanted change goes to the broker. */
    void sent() {
        sent = true;
    }

    /** Returns the failure for whoever waits for a binding that was unbound before the broker confirmed it. */
    static BrokerException unboundEarly(TopicFilter filter) {
        return new BrokerException(
                BrokerException.Kind.REFUSED, "filter '" + filter + "' was unbound before its binding was live");
    }

    /**
     * Sets whether the binding is wanted. A change ends the wait for its opposite: an unbinding waited for completes, a
     * binding waited for fails.
     *
     * @return whether this is a change
     */
    boolean want(boolean bound, ContextInternal context) {
        if (requestedBefore && wanted == bound) {
            return false;
        }
        requestedBefore = true;
        wanted = bound;
        accepted = false;
        alreadyRetried = false;
        if (bound) {
            complete(null);
        } else {
            failed(unboundEarly(filter));
        }
        completion = context.promise();
        return true;
    }

    /** Returns the future of the wanted change. Completes once the broker has confirmed the change. */
    Future<Void> asked(ContextInternal context) {
        if (completion == null) {
            completion = context.promise();
        }
        return completion.future();
    }

    /** Notes that the broker has confirmed the wanted change, and completes its future. */
    void made() {
        accepted = wanted;
        complete(null);
    }

    /**
     * Fails the future of the wanted change.
     *
     * @return whether somebody waited for it
     */
    boolean failed(BrokerException failure) {
        return complete(failure);
    }

    private boolean complete(BrokerException failure) {
        var ended = completion;
        completion = null;
        if (ended != null && failure == null) {
            ended.complete();
        } else if (ended != null) {
            ended.fail(failure);
        }
        return ended != null;
    }

    /** Returns {@code true} at the first call after a change of what is wanted, and {@code false} at each later one. */
    boolean retryOnce() {
        var first = !alreadyRetried;
        alreadyRetried = true;
        return first;
    }
}
