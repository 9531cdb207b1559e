package dev.busbar.broker.amqp10;

import static dev.busbar.broker.amqp10.FilterSelector.literal;

import dev.busbar.broker.Topology;
import dev.busbar.config.QueueType;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Describes a queue and its bindings as Artemis configures a queue.
 *
 * @param configuration the configuration as {@code createQueue} takes it
 * @param compared the options in which a queue that exists has to agree
 */
record ArtemisQueueSpec(JsonObject configuration, List<String> compared) {

    /** The arguments that Artemis also tells of a queue that exists. */
    private static final Set<String> ARGUMENTS = new TreeSet<>(Set.of(
            "consumers-before-dispatch",
            "delay-before-dispatch",
            "exclusive",
            "group-buckets",
            "group-rebalance",
            "last-value",
            "last-value-key",
            "max-consumers",
            "ring-size"));

    private static final String EVERY_MESSAGE = "AMQAddress <> ''";

    /**
     * Describes the queue of a topology.
     *
     * @throws IllegalArgumentException naming what Artemis does not have, and the remedy
     */
    static ArtemisQueueSpec of(String name, Topology topology) {
        var problem = ArtemisDialect.problem("queue", name);
        if (problem != null) {
            throw new IllegalArgumentException("Artemis has no " + problem + ": choose another name");
        }
        var queue = topology.queue();
        if (queue.type() != QueueType.CLASSIC) {
            throw new IllegalArgumentException(
                    "Artemis has no " + queue.type().name().toLowerCase(Locale.ROOT) + " queues: leave out its type");
        }
        if (queue.exclusive() && !queue.autoDelete() || queue.durable() && queue.autoDelete()) {
            throw new IllegalArgumentException("Artemis has no queue that is "
                    + (queue.durable() ? "both durable and autoDelete" : "exclusive and not autoDelete")
                    + ": leave out durable and autoDelete, or set life to until-stop");
        }
        var compared = new ArrayList<>(List.of("durable"));
        var configuration = new JsonObject()
                .put("name", name)
                // Otherwise all messages with one group id, which carries the app id, would go to one consumer.
                .put("group-buckets", 0)
                .put("durable", queue.durable());
        if (!topology.isBound()) {
            configuration
                    .put("address", name)
                    .put("routing-type", ArtemisDialect.ANYCAST)
                    .put("auto-create-address", true);
        } else {
            bind(configuration, topology);
            compared.addAll(List.of("address", "routing-type", "filter-string"));
        }
        if (queue.autoDelete()) {
            // Artemis deletes the queue at once when its last consumer is gone.
            configuration.put("transient", true);
        }
        if (queue.exclusive()) {
            configuration.put("max-consumers", 1);
            compared.add("max-consumers");
        }
        if (topology.singleActive()) {
            configuration.put("exclusive", true);
            compared.add("exclusive");
        }
        queue.arguments().forEach((argument, value) -> {
            requireKnown(argument);
            configuration.put(argument, value);
            compared.add(argument);
        });
        return new ArtemisQueueSpec(configuration, compared);
    }

    private static void requireKnown(String argument) {
        if (!ARGUMENTS.contains(argument)) {
            throw new IllegalArgumentException("Artemis has no queue argument '" + argument + "': leave it out, or use "
                    + String.join(", ", ARGUMENTS));
        }
    }

    private static void bind(JsonObject configuration, Topology topology) {
        var exchange = topology.exchange();
        var inAddresses = exchange.name().equals(ArtemisDialect.ADDRESSES);
        if (inAddresses && topology.filters().isEmpty()) {
            throw new IllegalArgumentException(
                    "a queue of Artemis is at one address for good, and this one has no filter"
                            + " to say which: use an exchange of your own for filters that come and go");
        }
        var address = inAddresses ? pattern(topology.filters()) : exchange.name();
        configuration
                .put("address", address)
                .put("routing-type", ArtemisDialect.MULTICAST)
                .put("auto-create-address", inAddresses);
        var selector = inAddresses ? null : selector(topology, configuration.getString("name"));
        if (selector != null) {
            configuration.put("filter-string", selector);
        }
    }

    /** Returns the address with wildcards for the one filter of a queue. */
    private static String pattern(List<TopicFilter> filters) {
        if (filters.size() > 1) {
            throw new IllegalArgumentException("a queue of Artemis is at one address, which may be a pattern, but "
                    + filters + " are several: use a queue for each");
        }
        var filter = filters.get(0).toString();
        if (filter.isEmpty() || filter.matches("(.*\\.)?#\\..*")) {
            throw new IllegalArgumentException("Artemis has no address '" + filter
                    + "', or matches it wrongly, as each with a '#' that is not the last word: use '*', or an exchange of"
                    + " your own, whose filters are exact");
        }
        return filter;
    }

    /** Returns the selector of the messages that the queue takes; {@code null} if it takes everything. */
    private static String selector(Topology topology, String name) {
        var selectors = new TreeSet<String>();
        if (topology.exchange().type().equals("fanout") && !topology.filters().isEmpty()) {
            return null;
        }
        for (var filter : topology.filters()) {
            var selector = FilterSelector.of(filter);
            if (selector == null) {
                return null;
            }
            selectors.add("(" + selector + ")");
        }
        // A message that is sent to the queue by its name has this address.
        selectors.add("AMQAddress = " + literal(topology.exchange().name() + "::" + name));
        return String.join(" OR ", selectors);
    }

    /** Returns the selector to set as the filter of a queue that exists. A filter can be replaced but not removed. */
    static String changed(Topology topology, String name) {
        var selector = selector(topology, name);
        return selector == null ? EVERY_MESSAGE : selector;
    }

    /** Returns the filter of this configuration, to set it on a queue that exists. */
    String filter() {
        return configuration.getString("filter-string", EVERY_MESSAGE);
    }

    /** Whether a queue that exists takes other messages, and is otherwise alike. */
    boolean differsByFilter(ArtemisQueue existing) {
        return !existing.filter().equals(wanted("filter-string"))
                && compared.contains("filter-string")
                && compared.stream()
                        .filter(option -> !option.equals("filter-string"))
                        .allMatch(option -> existing.attribute(option).equals(wanted(option)));
    }

    private String wanted(String option) {
        return String.valueOf(configuration.getValue(option, ""));
    }

    /** Returns in what a queue that exists differs, and how that is wanted; {@code null} if in nothing. */
    String differences(ArtemisQueue existing) {
        var different = compared.stream()
                .filter(option -> !existing.attribute(option).equals(wanted(option)))
                .toList();
        return different.isEmpty()
                ? null
                : "it exists with " + describe(different, existing::attribute) + "; wanted: queue '"
                        + configuration.getString("name") + "' with " + describe(different, this::wanted);
    }

    private static String describe(List<String> options, Function<String, String> values) {
        return options.stream()
                .map(option ->
                        values.apply(option).isEmpty() ? "no " + option : option + " \"" + values.apply(option) + '"')
                .collect(Collectors.joining(", "));
    }
}
