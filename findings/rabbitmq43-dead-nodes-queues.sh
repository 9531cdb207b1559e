#!/usr/bin/env bash
# What a publisher with confirms hears from a RabbitMQ cluster while one of its three nodes is dead, of messages that match
# a quorum queue and, besides, a queue that lived on the dead node alone. RabbitMQ 4.3.6 on Erlang 29 (Debian sid), whose
# metadata are in Khepri; client: python3-amqp of Debian sid, over AMQP 0-9-1.
#
# The guess, written down before the run: an exclusive or an auto-delete queue is gone with its connection and its node,
# so that a message is confirmed as soon as the quorum queue has it, as with 3.10.8.
#
# Seen: every message that also matches an exclusive, an auto-delete or a durable classic queue of the dead node is
# answered by basic.nack, for as long as the node is dead, although the quorum queue has it each time. So a publisher that
# sends again what is refused fills the quorum queue with copies without end. The bindings of the dead node's queues are
# still listed, the queues are not. Messages that match none of them are acknowledged. With the return of the node the
# exclusive and the auto-delete queue are gone.
#
# Needs root on a Debian. Installs RabbitMQ into a temporary folder, takes about three minutes, exits 0 if it is still so.
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
  inside HOME="/srv/n$n" ERL_EPMD_PORT=14369 ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_NODENAME="n$n@localhost" \
    RABBITMQ_NODE_PORT="1567$n" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_DIST_PORT="1568$n" \
    RABBITMQ_MNESIA_BASE="/srv/n$n" RABBITMQ_LOG_BASE="/srv/n$n" RABBITMQ_PID_FILE="/srv/n$n/pid" \
    RABBITMQ_ENABLED_PLUGINS_FILE="/srv/n$n/plugins" RABBITMQ_CONFIG_FILE="/srv/n$n/none" detached=true \
    "/usr/lib/rabbitmq/bin/$@"
}

cat >"$root/srv/publish.py" <<'PYTHON'
import os
import signal
import sys
import time

import amqp


def connect(port):
    connection = amqp.Connection(f"127.0.0.1:{port}", heartbeat=0)
    connection.connect()
    return connection


doomed = connect(15672)
channel = doomed.channel()
channel.exchange_declare("x", "topic", durable=True, auto_delete=False)
for kind in ("exclusive", "auto-delete", "durable"):
    channel.queue_declare(kind, exclusive=kind == "exclusive", auto_delete=kind != "durable", durable=kind == "durable")
    channel.queue_bind(kind, "x", kind)
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
    print(kind, answers[-1] if len(answers) > before else "no answer", flush=True)
print("in q", channel.queue_declare("q", passive=True, durable=True, auto_delete=False).message_count)
PYTHON

(inside /usr/bin/epmd -port 14369 -address 127.0.0.1 -relaxed_command_check) &
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
(inside /usr/bin/python3 /srv/publish.py "${running[2]}") | tee "$work/seen"
diff <(printf '%s\n' 'exclusive nack' 'auto-delete nack' 'durable nack' 'none ack' 'in q 4') "$work/seen"
