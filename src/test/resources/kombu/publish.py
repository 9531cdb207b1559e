"""Publishes with kombu what the test expects to see on the event bus: publish.py URI EXCHANGE."""
import sys
from datetime import datetime, timezone

from kombu import Connection, Exchange, Producer

uri, name = sys.argv[1:3]
with Connection(uri) as connection:
    exchange = Exchange(name, type="topic", durable=True)
    producer = Producer(connection.channel(), exchange=exchange, serializer="json")
    body = {"id": 17, "text": "grüße", "list": [1, 2.5, None, True]}
    producer.publish(body, routing_key="builds.1.finished", headers={"x-master": "m1", "x-n": 7})
    producer.publish(body, routing_key="builds.2.finished", compression="gzip")
    producer.publish(body, routing_key="builds.3.finished", compression="bzip2")
    producer.publish({"at": datetime(2014, 3, 1, 12, 0, tzinfo=timezone.utc)}, routing_key="builds.4.finished")
    # As kombu 5.3 and later write datetimes; written by hand, since older versions do not.
    producer.publish(
        '{"at": {"__type__": "datetime", "__value__": "2014-03-01T12:00:00+00:00"}}',
        routing_key="builds.5.finished",
        content_type="application/json",
        content_encoding="utf-8",
    )
    producer.publish("plain", routing_key="builds.6.finished", serializer=None, content_type="text/plain")
    producer.publish(b"\x00\x01", routing_key="builds.7.finished", serializer="raw")
    producer.publish({"harmless": "pickle"}, routing_key="builds.8.finished", serializer="pickle")
    producer.publish({"last": True}, routing_key="builds.9.finished")
