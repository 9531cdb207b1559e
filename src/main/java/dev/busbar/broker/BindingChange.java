package dev.busbar.broker;

import static java.util.Objects.requireNonNull;

import dev.busbar.topic.TopicFilter;

/**
 * A binding that is to come or to go.
 *
 * @param bound whether it is to be there
 */
public record BindingChange(TopicFilter filter, boolean bound) {

    public BindingChange {
        requireNonNull(filter, "filter");
    }

    /** What is being done, for messages. */
    public String doing(String queue, String exchange) {
        return (bound ? "binding queue '" + queue + "' to" : "unbinding queue '" + queue + "' from") + " exchange '"
                + exchange + "' by '" + filter + "'";
    }
}
