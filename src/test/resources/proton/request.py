"""Asks over the broker and prints the answers, a line of JSON each: request.py URI ADDRESS QUESTION..."""
import json
import sys

from proton import Message
from proton.utils import BlockingConnection, SyncRequestResponse

uri, address, *questions = sys.argv[1:]
connection = BlockingConnection(uri, allowed_mechs="PLAIN", allow_insecure_mechs=True)
client = SyncRequestResponse(connection, address)
for question in questions:
    answer = client.call(Message(body={"question": question}))
    print(json.dumps({"body": json.loads(bytes(answer.body)), "correlationId": str(answer.correlation_id)}), flush=True)
connection.close()
