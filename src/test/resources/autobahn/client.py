"""Joins, subscribes in all ways, publishes, and leaves; prints what comes of it, a line of JSON each.

client.py URL [USER SECRET]
"""
import asyncio
import json
import sys

from autobahn.asyncio.wamp import ApplicationRunner, ApplicationSession
from autobahn.wamp import auth
from autobahn.wamp.exception import ApplicationError
from autobahn.wamp.types import PublishOptions, SubscribeOptions

PREFIX = "org.buildbot.mq."
MINE = PublishOptions(acknowledge=True, exclude_me=False)


def tell(what, *more):
    print(json.dumps([what, *more]), flush=True)


class Client(ApplicationSession):
    def onConnect(self):
        if len(sys.argv) > 2:
            self.join("realm1", ["wampcra"], sys.argv[2])
        else:
            self.join("realm1")

    def onChallenge(self, challenge):
        return auth.compute_wcs(sys.argv[3], challenge.extra["challenge"])

    async def onJoin(self, details):
        tell("joined", details.authmethod)

        def listener(name):
            def on(*args, details, **kwargs):
                tell(name, list(args), kwargs, details.topic)

            return on

        heard = asyncio.Event()

        def exactly(*args, details, **kwargs):
            listener("exact")(*args, details=details, **kwargs)
            heard.set()

        def options(match):
            return SubscribeOptions(match=match, details=True)

        exact = await self.subscribe(exactly, PREFIX + "builds.1.new", options("exact"))
        await self.subscribe(listener("wildcard"), PREFIX + "builds..new", options("wildcard"))
        await self.subscribe(listener("prefix"), PREFIX + "builds.", options("prefix"))
        published = await self.publish(PREFIX + "builds.1.new", {"buildid": 1}, options=MINE)
        tell("published", published.id > 0)
        await self.publish(PREFIX + "builds.2.new", 1, "two", key="é", options=MINE)
        try:
            await self.subscribe(listener("none"), "com.example.topic")
        except ApplicationError as refused:
            tell("refused", refused.error)
        # No publisher is promised that its event has come when its acknowledgement has.
        await heard.wait()
        await exact.unsubscribe()
        await self.publish(PREFIX + "builds.1.new", "last", options=MINE)

    def onLeave(self, details):
        tell("left", details.reason)
        self.disconnect()

    def onDisconnect(self):
        asyncio.get_event_loop().stop()


async def until_told(session):
    """A line on standard input is the word to leave."""
    await asyncio.get_event_loop().run_in_executor(None, sys.stdin.readline)
    session.leave()


class Leaving(Client):
    async def onJoin(self, details):
        await super().onJoin(details)
        asyncio.ensure_future(until_told(self))


ApplicationRunner(sys.argv[1], "realm1").run(Leaving)
