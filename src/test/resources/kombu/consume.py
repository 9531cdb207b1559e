"""Prints a line of JSON for each of COUNT messages: consume.py URI EXCHANGE KEY COUNT. Says READY when bound."""
import json
import sys

from kombu import Connection, Consumer, Exchange, Queue

uri, name, key, count = sys.argv[1:5]
remaining = int(count)


def received(body, message):
    global remaining
    properties = message.properties
    print(json.dumps({
        "key": message.delivery_info["routing_key"],
        "body": body if not isinstance(body, (bytes, memoryview)) else list(bytes(body)),
        "contentType": message.content_type,
        "headers": message.headers,
        "deliveryMode": properties.get("delivery_mode"),
        "messageId": properties.get("message_id"),
    }, default=str), flush=True)
    message.ack()
    remaining -= 1


with Connection(uri) as connection:
    queue = Queue("", Exchange(name, type="topic", durable=True), routing_key=key, exclusive=True)
    with Consumer(connection.channel(), queues=[queue], callbacks=[received], accept=["json", "text/plain", "application/octet-stream"]):
        print("READY", flush=True)
        while remaining:
            connection.drain_events(timeout=20)
