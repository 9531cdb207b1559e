package dev.busbar.broker;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Describes a publisher to open.
 *
 * @param name of the route, for messages
 * @param topologies what to declare first, in this order
 */
public record PublisherSpec(String name, List<Topology> topologies) {

    public PublisherSpec {
        requireNonNull(name, "name");
        topologies = List.copyOf(topologies);
    }
}
