"""Publishes with py-amqp, as kombu and Celery do, headers of every type that it writes: py_amqp.py URI EXCHANGE."""
import sys
from datetime import datetime
from decimal import Decimal
from urllib.parse import unquote, urlsplit

from amqp import Connection, Message

uri, exchange = urlsplit(sys.argv[1]), sys.argv[2]
headers = {
    "small": 7,
    "int": 2**31 - 1,
    "millis": 1_700_000_000_123,
    "beyond-int": 2**31,
    "negative": -(2**40),
    "largest": 2**63 - 1,
    "float": 1.5,
    "decimal": Decimal("-3.14"),
    "datetime": datetime(2024, 3, 1, 12, 0),
    "true": True,
    "none": None,
    "text": "grüße",
    "bytes": b"\x00\xff",
    "nested": {"at": 2**40, "list": [2**40, "a", {"b": 2**41}]},
}
with Connection(
    f"{uri.hostname}:{uri.port}",
    userid=uri.username,
    password=uri.password,
    login_method="PLAIN",
    virtual_host=unquote(uri.path[1:]) or "/",
) as connection:
    channel = connection.channel()
    channel.confirm_select()
    first = Message("1", content_type="application/json", application_headers=headers, timestamp=1709251200)
    channel.basic_publish(first, exchange, "builds.py.first", timeout=20)
    channel.basic_publish(Message("2", content_type="application/json"), exchange, "builds.py.last", timeout=20)
