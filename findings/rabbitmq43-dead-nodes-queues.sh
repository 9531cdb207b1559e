#!/usr/bin/env bash
# What a publisher with confirms hears from a RabbitMQ cluster while one of its three nodes is dead, of messages that match
# a quorum queue and, besides, a queue that lived on the dead node alone. RabbitMQ 4.3.6 (Debian sid, metadata in Khepri)
# and 3.10.8 (Debian bookworm, metadata in Mnesia); client: the python3-amqp of the same Debian, over AMQP
# 0-9-1.
#
# The guess, written down before the run: an exclusive or auto-delete queue is gone with its connection and its node, so
# that the message is confirmed as soon as the quorum queue has it, with both versions.
#
# Seen: with 3.10.8 every message is acknowledged. With 4.3.6 every message that also matches an exclusive, an auto-delete
# or a durable classic queue of the dead node is answered by basic.nack, for as long as the node is dead, although the
# quorum queue has it each time: a publisher that sends again what is refused doubles its messages without end. The
# bindings of the dead queues are still listed, the queues themselves are not. With the return of the node the exclusive
# and the auto-delete queue are gone, and messages are acknowledged again.
#
# Needs root and a Debian: it installs both brokers into a temporary folder. Exits 0 if that is still so.
set -euo pipefail
work=$(mktemp -d)
nodes=()
cleanup() {
  for pid in "${nodes[@]}"; do kill -9 "$pid" 2>/dev/null || true; done
  [[ -z ${epmd:-} ]] || kill "$epmd" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

command -v debootstrap >/dev/null || { apt-get update -qq && apt-get install -qq -y debootstrap >/dev/null; }
for suite in bookworm sid; do
  debootstrap --variant=minbase --include=rabbitmq-server,python3-amqp "$suite" "$work/$suite" >"$work/$suite.log" 2>&1
  echo '127.0.0.1 localhost' >"$work/$suite/etc/hosts"
  mount --bind /dev "$work/$suite/dev" && mount -t proc proc "$work/$suite/proc"
done
unmount() { for suite in bookworm sid; do umount "$work/$suite/dev" "$work/$suite/proc" 2>/dev/null || true; done; }
trap 'unmount; cleanup' EXIT

inside() { # inside SUITE NODE COMMAND...
  local suite=$1 node=$2
  shift 2
  chroot "$work/$suite" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME="/srv/$node" \
    ERL_EPMD_PORT=14369 RABBITMQ_NODENAME="$node@localhost" RABBITMQ_NODE_PORT="1567${node: -1}" \
    RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_DIST_PORT="1568${node: -1}" RABBITMQ_MNESIA_BASE="/srv/$node" \
    RABBITMQ_LOG_BASE="/srv/$node" RABBITMQ_ENABLED_PLUGINS_FILE="/srv/$node/plugins" \
    RABBITMQ_CONFIG_FILE="/srv/$node/none" RABBITMQ_PID_FILE="/srv/$node/pid" detached=true "$@"
}

start() { # start SUITE NODE
  inside "$1" "$2" /usr/lib/rabbitmq/bin/rabbitmq-server >>"$work/$1-$2.log" 2>&1 &
  nodes+=($!)
  inside "$1" "$2" /usr/lib/rabbitmq/bin/rabbitmqctl --silent await_startup --timeout 90
}

cat >"$work/publish.py" <<'PYTHON'
import os
import signal
import sys
import time

import amqp


def connect(port):
    connection = amqp.Connection(f"127.0.0.1:{port}", heartbeat=0)
    connection.connect()
    return connection

lost = connect(15672).channel()
lost.exchange_declare("x", "topic", durable=True, auto_delete=False)
for kind in ("exclusive", "auto-delete", "durable"):
    lost.queue_declare(kind, exclusive=kind == "exclusive", auto_delete=kind != "durable", durable=kind == "durable")
    lost.queue_bind(kind, "x", kind)
other = connect(15671)
channel = other.channel()
channel.queue_declare("q", durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
channel.queue_bind("q", "x", "#")
channel.confirm_select()
answers = []
channel.events["basic_ack"].add(lambda tag, multiple: answers.append("ack"))
channel.events["basic_nack"].add(lambda tag, multiple: answers.append("nack"))
os.kill(int(sys.argv[1]), signal.SIGKILL)
time.sleep(10)
for kind in ("exclusive", "auto-delete", "durable", "none"):
    before = len(answers)
    channel.basic_publish(amqp.Message(kind, delivery_mode=2), "x", kind)
    until = time.time() + 20
    while len(answers) == before and time.time() < until:
        try:
            other.drain_events(timeout=1)
        except OSError:
            pass
    print(kind, answers[-1] if len(answers) > before else "no answer")
print("in q", channel.queue_declare("q", passive=True).message_count)
PYTHON

run() { # run SUITE
  echo "== $(chroot "$work/$1" dpkg-query -W -f '${Version}' rabbitmq-server)"
  nodes=()
  local node
  chroot "$work/$1" /usr/bin/epmd -port 14369 -address 127.0.0.1 -relaxed_command_check &
  epmd=$!
  for node in n1 n2 n3; do
    mkdir -p "$work/$1/srv/$node"
    echo '[].' >"$work/$1/srv/$node/plugins"
    echo COOKIE >"$work/$1/srv/$node/.erlang.cookie"
    chmod 400 "$work/$1/srv/$node/.erlang.cookie"
    start "$1" "$node"
  done
  for node in n2 n3; do
    for step in stop_app "join_cluster n1@localhost" start_app; do
      # shellcheck disable=SC2086
      inside "$1" "$node" /usr/lib/rabbitmq/bin/rabbitmqctl --silent $step
    done
  done
  cp "$work/publish.py" "$work/$1/srv/publish.py"
  chroot "$work/$1" python3 /srv/publish.py "$(cat "$work/$1/srv/n2/pid")" | tee "$work/$1.out"
  for node in "${nodes[@]}"; do kill -9 "$node" 2>/dev/null || true; done
  kill "$epmd"
  wait 2>/dev/null || true
}

run bookworm
run sid
diff <(printf '%s\n' 'exclusive ack' 'auto-delete ack' 'durable ack' 'none ack' 'in q 4') "$work/bookworm.out"
diff <(printf '%s\n' 'exclusive nack' 'auto-delete nack' 'durable nack' 'none ack' 'in q 4') "$work/sid.out"
