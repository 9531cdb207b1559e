package dev.busbar.broker.rabbit4;

import dev.busbar.broker.rabbit4.Nodes.Binding;
import dev.busbar.broker.rabbit4.Nodes.StoredQueue;
import dev.busbar.topic.TopicFilter;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.message.Message;

/** HTTP over AMQP, answered as rabbit_amqp_management:handle_request does. */
final class Management {

    private static final String OK = "200";
    private static final String CREATED = "201";
    private static final String NO_CONTENT = "204";
    private static final String BAD_REQUEST = "400";
    private static final String NOT_FOUND = "404";
    private static final String CONFLICT = "409";

    private static final String QUOTED = "([0-9A-Za-z\\-._~%]";
    private static final Pattern BINDING =
            Pattern.compile("src=" + QUOTED + "+);dstq=" + QUOTED + "+);key=" + QUOTED + "*);args=");

    private record Answer(String status, Object body) {}

    private final StandIn broker;
    private final Nodes nodes;

    Management(StandIn broker) {
        this.broker = broker;
        this.nodes = broker.nodes;
    }

    /** @param connection the client's, which owns its exclusive queues */
    Message answer(Message request, Object connection) {
        var answer = !"$me".equals(request.getReplyTo()) || request.getMessageId() == null
                ? new Answer(BAD_REQUEST, "reply-to or message-id is missing")
                : handle(request, connection);
        var response = Proton.message();
        response.setSubject(answer.status());
        response.setCorrelationId(request.getMessageId());
        response.setApplicationProperties(new ApplicationProperties(Map.of("http:response", "1.1")));
        response.setBody(new AmqpValue(answer.body()));
        return response;
    }

    private Answer handle(Message request, Object connection) {
        var path = request.getAddress();
        var body = ((AmqpValue) request.getBody()).getValue();
        broker.requests.add(request.getSubject() + " " + path + " " + (body == null ? null : sorted((Map<?, ?>) body)));
        var parts = path.split("/", -1);
        var name = parts.length > 2 ? ServerAddress.decode(parts[2]) : null;
        return switch (request.getSubject() + " " + parts[1]) {
            case "PUT exchanges" -> putExchange(name, (Map<?, ?>) body);
            case "PUT queues" -> putQueue(name, (Map<?, ?>) body, connection);
            case "GET queues" -> getQueue(name);
            case "DELETE queues" -> deleteQueue(name);
            case "POST bindings" -> bind((Map<?, ?>) body);
            case "DELETE bindings" -> unbind(parts[2]);
            default -> new Answer(BAD_REQUEST, "the stand-in does not answer this");
        };
    }

    private static Map<String, Object> sorted(Map<?, ?> map) {
        var sorted = new TreeMap<String, Object>();
        map.forEach((key, value) -> sorted.put((String) key, value instanceof Map<?, ?> inner ? sorted(inner) : value));
        return sorted;
    }

    private Answer putExchange(String name, Map<?, ?> wanted) {
        var present = nodes.exchanges.putIfAbsent(name, wanted);
        return present == null || present.equals(wanted)
                ? new Answer(NO_CONTENT, null)
                : new Answer(CONFLICT, "inequivalent arg 'type' for exchange '" + name + "' in vhost '/'");
    }

    private Answer putQueue(String name, Map<?, ?> wanted, Object connection) {
        var present = nodes.queues.get(name);
        if (present != null && !present.properties.equals(wanted)) {
            return new Answer(CONFLICT, "inequivalent arg 'durable' for queue '" + name + "' in vhost '/'");
        }
        if (present == null) {
            var owner = Boolean.TRUE.equals(wanted.get("exclusive")) ? connection : null;
            nodes.queues.put(name, new StoredQueue(wanted, owner));
        }
        return new Answer(present == null ? CREATED : OK, described(name));
    }

    private Map<String, Object> described(String name) {
        var queue = nodes.queues.get(name);
        return Map.of(
                "name",
                name,
                "message_count",
                UnsignedLong.valueOf(queue.messages.size()),
                "consumer_count",
                UnsignedInteger.valueOf(queue.consumers.size()));
    }

    private Answer getQueue(String name) {
        return nodes.queues.containsKey(name)
                ? new Answer(OK, described(name))
                : new Answer(NOT_FOUND, "queue '" + name + "' in vhost '/' not found");
    }

    private Answer deleteQueue(String name) {
        var gone = nodes.queues.remove(name);
        var messages = gone == null ? 0 : gone.messages.size();
        return new Answer(OK, Map.of("message_count", UnsignedLong.valueOf(messages)));
    }

    /** @param segment as decode_binding_path_segment has it; one that is not there is no failure */
    private Answer unbind(String segment) {
        var named = BINDING.matcher(segment);
        if (!named.matches()) {
            return new Answer(BAD_REQUEST, "bad binding path segment '" + segment + "'");
        }
        nodes.bindings.remove(new Binding(
                ServerAddress.decode(named.group(1)),
                ServerAddress.decode(named.group(2)),
                TopicFilter.parse(ServerAddress.decode(named.group(3)))));
        return new Answer(NO_CONTENT, null);
    }

    private Answer bind(Map<?, ?> wanted) {
        var exchange = (String) wanted.get("source");
        var queue = (String) wanted.get("destination_queue");
        if (!nodes.queues.containsKey(queue)) {
            return new Answer(BAD_REQUEST, "no queue '" + queue + "' in vhost '/'");
        }
        if (!nodes.exchanges.containsKey(exchange) && !exchange.startsWith("amq.")) {
            return new Answer(BAD_REQUEST, "no exchange '" + exchange + "' in vhost '/'");
        }
        var binding = new Binding(exchange, queue, TopicFilter.parse((String) wanted.get("binding_key")));
        if (!nodes.bindings.contains(binding)) {
            nodes.bindings.add(binding);
        }
        return new Answer(NO_CONTENT, null);
    }
}
