"""Buildbot's message queue over a real router: asks for events, produces one at once, and waits for it.

Usage: mq.py ROUTER_URL ROUNDS. Each round is a master of its own, which does so with a filter without wildcards, with
one, and while waitUntilEvent waits. Prints how many rounds went well; ends with 1 if one did not.
"""
import sys
import types

from buildbot.mq.wamp import WampMQ
from buildbot.util import service
from buildbot.wamp.connector import WampConnector
from twisted.internet import defer, reactor, task
from twisted.python import log

PATIENCE = 20


class Master(service.MasterService):
    def __init__(self, masterid):
        super().__init__()
        self.masterid = masterid
        self.mq = WampMQ()
        self.wamp = WampConnector()

    @defer.inlineCallbacks
    def begin(self, url):
        yield self.mq.setServiceParent(self)
        yield self.wamp.setServiceParent(self)
        yield self.startService()
        settings = {"type": "wamp", "router_url": url}
        yield self.wamp.reconfigServiceWithBuildbotConfig(types.SimpleNamespace(mq=settings))


@defer.inlineCallbacks
def comes_back(master, event_filter, key):
    heard = defer.Deferred()
    consumer = yield master.mq.startConsuming(lambda *event: heard.callback(event), event_filter)
    yield master.mq._produce(key, "foo")
    event = yield heard.addTimeout(PATIENCE, reactor)
    assert event == (key, "foo"), event
    yield consumer.stopConsuming()


@defer.inlineCallbacks
def is_waited_for(master, key):
    def check():
        master.mq.produce(key, {"complete": True})
        return defer.succeed(False)

    event = yield master.mq.waitUntilEvent(key, check).addTimeout(PATIENCE, reactor)
    assert event == (key, {"complete": True}), event


@defer.inlineCallbacks
def play(url, number):
    master = Master(100_000 + number)
    yield master.begin(url)
    try:
        own = f"r{number}"
        yield comes_back(master, (own, "b"), (own, "b"))
        yield comes_back(master, (own, None), (own, "b"))
        yield is_waited_for(master, (own, "complete"))
    finally:
        # Else autobahn takes the end of its transport for a failure.
        master.wamp.service.leaving = True
        yield master.stopService()


@defer.inlineCallbacks
def main(_, url, rounds):
    log.startLogging(sys.stderr, setStdout=False)
    well = 0
    for number in range(int(rounds)):
        try:
            yield play(url, number)
            well += 1
        except Exception:
            log.err(None, f"round {number}")
    print(well, flush=True)
    if well < int(rounds):
        sys.exit(1)


task.react(main, sys.argv[1:])
