"""Prints a line of JSON for each of COUNT messages: consume.py URI QUEUE COUNT. Says READY when attached."""
import json
import sys

from proton.utils import BlockingConnection

uri, queue, count = sys.argv[1:4]
connection = BlockingConnection(uri, allowed_mechs="PLAIN", allow_insecure_mechs=True)
receiver = connection.create_receiver(queue, credit=10)
print("READY", flush=True)
for _ in range(int(count)):
    message = receiver.receive(timeout=20)
    body = message.body
    print(json.dumps({
        "to": message.address,
        "body": bytes(body).decode() if isinstance(body, (bytes, memoryview)) else repr(body),
        "data": message.inferred,
        "contentType": str(message.content_type),
        "id": message.id,
        "correlationId": message.correlation_id,
        "subject": message.subject,
        "durable": message.durable,
        "priority": message.priority,
        "properties": message.properties,
    }, default=str), flush=True)
    receiver.accept()
connection.close()
