#!/usr/bin/env bash
# How long the consumers of a quorum queue wait for what a consumer of a killed node held, in a RabbitMQ cluster of three
# nodes: the next of a single active consumer, and one that competes with it. RabbitMQ 4.3.6 on Erlang 29 (Debian sid),
# whose metadata are in Khepri; client: python3-amqp of Debian sid, over AMQP 0-9-1.
#
# The guess, written down before the run: the other nodes see at once that the killed node's connections to them are
# closed, so that they give the messages back, and the queue to the next consumer, within two seconds, as when the client
# itself is killed.
#
# Seen: a minute. Until then the dead consumer is the active one, so that nobody gets anything from a queue with
# x-single-active-consumer, neither what it held nor what is published after it; where consumers compete, the others get
# what is new, and what it held comes after the minute, behind it. The queue argument x-consumer-disconnected-timeout (in
# milliseconds; here 5000) or the same key of rabbitmq.conf makes it that long.
#
# Needs root on a Debian. Installs RabbitMQ into a temporary folder, takes about four minutes, exits 0 if it is still so.
set -euo pipefail
work=$(mktemp -d)
root=$work/sid
running=()
cleanup() {
  ((${#running[@]} == 0)) || kill -9 "${running[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  # Nothing is mounted there in this namespace; if it were, deleting would reach beyond the folder.
  grep -q " $work" /proc/mounts || rm -rf --one-file-system "$work"
}
trap cleanup EXIT

command -v debootstrap >/dev/null || { apt-get update -qq && apt-get install -qq -y debootstrap >/dev/null; }
debootstrap --variant=minbase --include=rabbitmq-server,python3-amqp sid "$root" >"$work/log" 2>&1
echo '127.0.0.1 localhost' >"$root/etc/hosts"

# inside VARIABLES... COMMAND...: in the folder, with mounts in a namespace that ends with it.
inside() {
  ROOT=$root exec unshare --mount --propagation private /bin/bash -c '
    mount --rbind /dev "$ROOT/dev" && mount --rbind /proc "$ROOT/proc" || exit 70
    exec chroot "$ROOT" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"' inside "$@"
}

# node NUMBER COMMAND...: as that node's own server or command line.
node() {
  local n=$1
  shift
  inside HOME="/srv/n$n" ERL_EPMD_PORT=14373 ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_NODENAME="n$n@localhost" \
    RABBITMQ_NODE_PORT="1570$n" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_DIST_PORT="1571$n" \
    RABBITMQ_MNESIA_BASE="/srv/n$n" RABBITMQ_LOG_BASE="/srv/n$n" RABBITMQ_PID_FILE="/srv/n$n/pid" \
    RABBITMQ_ENABLED_PLUGINS_FILE="/srv/n$n/plugins" RABBITMQ_CONFIG_FILE="/srv/n$n/none" detached=true \
    "/usr/lib/rabbitmq/bin/$@"
}

cat >"$root/srv/consume.py" <<'PYTHON'
import os
import signal
import sys
import time

import amqp

QUEUES = {
    "single": {"x-single-active-consumer": True},
    "single-5000": {"x-single-active-consumer": True, "x-consumer-disconnected-timeout": 5000},
    "competing": {},
    "competing-5000": {"x-consumer-disconnected-timeout": 5000},
}


def connect(port):
    connection = amqp.Connection(f"127.0.0.1:{port}", heartbeat=0)
    connection.connect()
    return connection, connection.channel()


def drain(connection, until):
    while time.time() < until:
        try:
            connection.drain_events(timeout=0.1)
        except OSError:
            pass


def consume(channel, queue, heard):
    channel.basic_qos(0, 1, False)

    def take(message):
        heard.append((queue, message.body, time.time()))
        if heard is living:
            channel.basic_ack(message.delivery_tag)

    channel.basic_consume(queue, callback=take)


living, doomed = [], []
dying, dying_channel = connect(15703)
other, other_channel = connect(15701)
other_channel.confirm_select()


def publish(body):
    for queue in QUEUES:
        other_channel.basic_publish_confirm(amqp.Message(body, delivery_mode=2), "", queue)


for queue, arguments in QUEUES.items():
    other_channel.queue_declare(
        queue, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum", **arguments}
    )
    consume(dying.channel(), queue, doomed)
publish("held")
drain(dying, time.time() + 5)
assert len(doomed) == len(QUEUES), doomed
for queue in QUEUES:
    consume(other.channel(), queue, living)
drain(other, time.time() + 2)
os.kill(int(sys.argv[1]), signal.SIGKILL)
killed = time.time()
time.sleep(3)
publish("new")
until = time.time() + 120
while len(living) < 2 * len(QUEUES) and time.time() < until:
    drain(other, time.time() + 1)
for queue in QUEUES:
    print(queue, *(f"{body} {round((at - killed) / 5) * 5}s" for name, body, at in living if name == queue))
PYTHON

(inside /usr/bin/epmd -port 14373 -address 127.0.0.1 -relaxed_command_check) &
running+=($!)
for n in 1 2 3; do
  mkdir -p "$root/srv/n$n"
  echo '[].' >"$root/srv/n$n/plugins"
  echo COOKIE >"$root/srv/n$n/.erlang.cookie"
  chmod 400 "$root/srv/n$n/.erlang.cookie"
  (node $n rabbitmq-server) >"$work/n$n.log" 2>&1 &
  running+=($!)
  until (node $n rabbitmqctl --silent await_startup) >/dev/null 2>&1; do sleep 2; done
done
for n in 2 3; do
  (node $n rabbitmqctl --silent stop_app)
  (node $n rabbitmqctl --silent join_cluster n1@localhost)
  (node $n rabbitmqctl --silent start_app)
done
echo "RabbitMQ $(chroot "$root" dpkg-query -W -f '${Version}' rabbitmq-server)"
# The shell became the node.
(inside /usr/bin/python3 /srv/consume.py "${running[3]}") | tee "$work/seen"
diff <(printf '%s\n' 'single held 60s new 60s' 'single-5000 held 5s new 5s' 'competing new 5s held 60s' \
  'competing-5000 new 5s held 5s') "$work/seen"
