"""Publishes with Qpid Proton what the test expects to see on the event bus: publish.py URI EXCHANGE."""
import sys
import uuid

from proton import Message, symbol, timestamp, ulong
from proton.utils import BlockingConnection

uri, exchange = sys.argv[1:3]
connection = BlockingConnection(uri, allowed_mechs="PLAIN", allow_insecure_mechs=True)
sender = connection.create_sender(exchange)


def send(number, body, **properties):
    sender.send(Message(subject=f"builds.{number}.finished", body=body, **properties))


send(
    1,
    "grüße",
    id="m-1",
    correlation_id=ulong(17),
    reply_to="answers",
    properties={
        "text": "tüv",
        "int": 7,
        "double": 2.5,
        "yes": True,
        "none": None,
        "time": timestamp(1393675200000),
        "uuid": uuid.UUID("00112233-4455-6677-8899-aabbccddeeff"),
    },
)
send(2, {"id": 17, "text": "grüße", "list": [1, 2.5, None, True], "nested": {"a": symbol("b")}})
# A value of type binary, and a data section.
send(3, b"\x00\x01")
send(4, b"\x00\x02", inferred=True, content_type="application/octet-stream")
send(5, '{"id": 18}', content_type="application/json")
send(6, [1, "two"], inferred=True)
send(7, None)
connection.close()
