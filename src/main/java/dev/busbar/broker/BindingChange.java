package dev.busbar.broker;

import static java.util.Objects.requireNonNull;

import dev.busbar.topic.TopicFilter;

/**
 * Describes one binding to add to a queue or to remove from it.
 *
 * @param filter the filter, as the binding's routing key
 * @param bound whether the binding is to be added
 */
public record BindingChange(TopicFilter filter, boolean bound) {

    public BindingChange {
        requireNonNull(filter, "filter");
    }

    /** Describes the change as part of an error message, e.g. {@code binding queue 'q' to exchange 'x' by 'a.*'}. */
    public String doing(String queue, String exchange) {
        return (bound ? "binding queue '" + queue + "' to" : "unbinding queue '" + queue + "' from") + " exchange '"
                + exchange + "' by '" + filter + "'";
    }
}
