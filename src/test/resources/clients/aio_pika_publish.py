"""Publishes with aio-pika headers of every type that it writes: aio_pika_publish.py URI EXCHANGE."""
import asyncio
import sys
from datetime import datetime, timezone
from decimal import Decimal

import aio_pika

headers = {
    "byte": 7,
    "short": 300,
    "int": 2**31 - 1,
    "beyond-int": 2**31,
    "beyond-uint": 2**32,
    "negative": -(2**40),
    "largest": 2**63 - 1,
    "float": 1.5,
    "decimal": Decimal("-3.14"),
    "datetime": datetime(2024, 3, 1, 12, 0, tzinfo=timezone.utc),
    "true": True,
    "none": None,
    "text": "grüße",
    "bytes": b"\x00\x01",
    "bytearray": bytearray(b"\x00\xff"),
    "nested": {"at": 2**40, "list": [2**40, "a", {"b": 2**41}]},
}


async def publish(uri, name):
    connection = await aio_pika.connect(uri)
    async with connection:
        channel = await connection.channel()
        exchange = await channel.get_exchange(name, ensure=False)
        first = aio_pika.Message(b"1", headers=headers, content_type="application/json", timestamp=datetime(2024, 3, 1))
        await exchange.publish(first, "builds.aio.first", mandatory=False)
        last = aio_pika.Message(b"2", content_type="application/json")
        await exchange.publish(last, "builds.aio.last", mandatory=False)


asyncio.run(publish(*sys.argv[1:3]))
