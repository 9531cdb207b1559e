package dev.busbar.broker;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What to publish to.
 *
 * @param name of the route, for messages
 * @param topologies what has to exist first, in this order
 */
public record PublisherSpec(String name, List<Topology> topologies) {

    public PublisherSpec {
        requireNonNull(name, "name");
        topologies = List.copyOf(topologies);
    }
}
