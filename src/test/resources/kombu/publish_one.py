"""Publishes one JSON message with kombu: publish_one.py URI EXCHANGE KEY JSON."""
import json
import sys

from kombu import Connection, Exchange, Producer

uri, name, key, body = sys.argv[1:5]
with Connection(uri) as connection:
    producer = Producer(connection.channel(), exchange=Exchange(name, type="topic", durable=True), serializer="json")
    producer.publish(json.loads(body), routing_key=key, headers={"x-master": "kombu"})
