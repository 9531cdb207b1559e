#!/usr/bin/env bash
# What queue.declare-ok says of the number of messages right after a publisher has heard the confirm of the last one: for
# a classic queue, a quorum queue and a stream. RabbitMQ 4.3.6 on Erlang 29 (Debian sid), client: python3-amqp of Debian
# sid, over AMQP 0-9-1.
#
# The guess, written down before the run: a confirmed message is in the queue, so that the count is 1,000 for each of the
# three at once.
#
# Seen: 1,000 for the classic and the quorum queue at once. For the stream 0, and still 0 two seconds later; the 1,000
# come within five seconds. So who takes the count of a stream for its length, e.g. to know whether it has been read to its
# end or is a new one, is wrong for seconds after each publication.
#
# Needs root on a Debian. Installs RabbitMQ into a temporary folder, takes about two minutes, exits 0 if it is still so.
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

# inside COMMAND...: in the folder, with mounts in a namespace that ends with it.
inside() {
  ROOT=$root exec unshare --mount --propagation private /bin/bash -c '
    mount --rbind /dev "$ROOT/dev" && mount --rbind /proc "$ROOT/proc" || exit 70
    exec chroot "$ROOT" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"' inside "$@"
}

# node COMMAND...: as its own server or command line.
node() {
  inside HOME=/srv/n ERL_EPMD_PORT=14371 ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_NODENAME=n@localhost \
    RABBITMQ_NODE_PORT=15691 RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_DIST_PORT=15692 \
    RABBITMQ_MNESIA_BASE=/srv/n RABBITMQ_LOG_BASE=/srv/n RABBITMQ_PID_FILE=/srv/n/pid \
    RABBITMQ_ENABLED_PLUGINS_FILE=/srv/n/plugins RABBITMQ_CONFIG_FILE=/srv/n/none detached=true \
    "/usr/lib/rabbitmq/bin/$@"
}

cat >"$root/srv/count.py" <<'PYTHON'
import time

import amqp

MESSAGES = 1000
connection = amqp.Connection("127.0.0.1:15691", heartbeat=0)
connection.connect()
channel = connection.channel()
channel.confirm_select()
confirmed = 0


def acknowledged(tag, multiple):
    global confirmed
    confirmed = max(confirmed, tag)


def count(queue):
    return channel.queue_declare(queue, passive=True, durable=True, auto_delete=False).message_count


channel.events["basic_ack"].add(acknowledged)
for number, kind in enumerate(("classic", "quorum", "stream"), 1):
    channel.queue_declare(kind, durable=True, auto_delete=False, arguments={"x-queue-type": kind})
    for _ in range(MESSAGES):
        channel.basic_publish(amqp.Message("x", delivery_mode=2), "", kind)
    while confirmed < number * MESSAGES:
        connection.drain_events(timeout=30)
    at_once = count(kind)
    until = time.time() + 30
    while count(kind) < MESSAGES and time.time() < until:
        time.sleep(0.1)
    print(kind, at_once, count(kind), flush=True)
PYTHON

(inside /usr/bin/epmd -port 14371 -address 127.0.0.1 -relaxed_command_check) &
running+=($!)
mkdir -p "$root/srv/n"
echo '[].' >"$root/srv/n/plugins"
(node rabbitmq-server) >"$work/n.log" 2>&1 &
running+=($!)
until (node rabbitmqctl --silent await_startup) >/dev/null 2>&1; do sleep 2; done
echo "RabbitMQ $(chroot "$root" dpkg-query -W -f '${Version}' rabbitmq-server)"
(inside /usr/bin/python3 /srv/count.py) | tee "$work/seen"
diff <(printf '%s\n' 'classic 1000 1000' 'quorum 1000 1000' 'stream 0 1000') "$work/seen"
