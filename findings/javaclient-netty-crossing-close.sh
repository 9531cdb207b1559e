#!/usr/bin/env bash
# What becomes of the connection when a publisher goes on publishing on a channel while the broker closes that channel,
# because an earlier message went to an exchange that does not exist. com.rabbitmq:amqp-client 5.37.1 over sockets, and
# over its Netty transport (Netty 4.2.20); broker: RabbitMQ 4.3.6 on Erlang 29 (Debian sid), AMQP 0-9-1.
#
# The guess, written down before the run: the channel alone ends, with 404. Whoever publishes on it gets an
# AlreadyClosedException, and other channels of the connection go on: the client locks a channel while it sends, so that
# nothing follows the channel's last frame.
#
# Seen: over sockets, as guessed, 300 times of 300. Over Netty the broker ends the whole connection in three of four cases:
# 504 CHANNEL_ERROR, "expected 'channel.open'". A frame that any thread sends waits for its turn of the event loop, and
# channel.close-ok, which the event loop itself sends, is written at once: it overtakes what was sent before it, and that
# then comes to a channel that is no more.
#
# Needs root on a Debian, a JDK from 17 on and Maven. Installs RabbitMQ and the client into a temporary folder, takes about
# four minutes, exits 0 if it is still so.
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
debootstrap --variant=minbase --include=rabbitmq-server sid "$root" >"$work/log" 2>&1
echo '127.0.0.1 localhost' >"$root/etc/hosts"

# inside COMMAND...: in the folder, with mounts in a namespace that ends with it.
inside() {
  ROOT=$root exec unshare --mount --propagation private /bin/bash -c '
    mount --rbind /dev "$ROOT/dev" && mount --rbind /proc "$ROOT/proc" || exit 70
    exec chroot "$ROOT" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"' inside "$@"
}

# node COMMAND...: as its own server or command line.
node() {
  inside HOME=/srv/n ERL_EPMD_PORT=14377 ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_NODENAME=n@localhost \
    RABBITMQ_NODE_PORT=15741 RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_DIST_PORT=15742 \
    RABBITMQ_MNESIA_BASE=/srv/n RABBITMQ_LOG_BASE=/srv/n RABBITMQ_PID_FILE=/srv/n/pid \
    RABBITMQ_ENABLED_PLUGINS_FILE=/srv/n/plugins RABBITMQ_CONFIG_FILE=/srv/n/none detached=true \
    "/usr/lib/rabbitmq/bin/$@"
}

mkdir "$work/client"
cat >"$work/client/pom.xml" <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>com.rabbitmq</groupId><artifactId>amqp-client</artifactId><version>5.37.1</version></dependency>
    <dependency><groupId>io.netty</groupId><artifactId>netty-handler</artifactId><version>4.2.20.Final</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B -f "$work/client/pom.xml" dependency:copy-dependencies -DoutputDirectory="$work/client/jars"
cat >"$work/client/Publisher.java" <<'JAVA'
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

public class Publisher {
    static final int ROUNDS = 300;

    public static void main(String[] arguments) throws Exception {
        for (boolean netty : new boolean[] {false, true}) {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setHost("127.0.0.1");
            factory.setPort(15741);
            factory.setAutomaticRecoveryEnabled(false);
            if (netty) {
                factory.netty();
            }
            int lost = 0;
            Connection connection = factory.newConnection();
            for (int i = 0; i < ROUNDS; i++) {
                if (!connection.isOpen()) {
                    connection = factory.newConnection();
                }
                publishUntilClosed(connection);
                // Its answer comes behind whatever the broker has to say of the frames before.
                try (Channel other = connection.createChannel()) {
                    other.queueDeclare();
                } catch (AlreadyClosedException | IOException gone) {
                    lost++;
                }
            }
            connection.abort();
            System.out.println((netty ? "Netty " : "sockets ") + lost);
        }
        System.exit(0);
    }

    static void publishUntilClosed(Connection connection) throws Exception {
        Channel channel = connection.createChannel();
        CountDownLatch closed = new CountDownLatch(1);
        channel.addShutdownListener(cause -> closed.countDown());
        channel.basicPublish("missing", "k", null, new byte[1]);
        try {
            while (true) {
                channel.basicPublish("amq.topic", "k", null, new byte[1]);
            }
        } catch (AlreadyClosedException | IOException refused) {
            closed.await(10, TimeUnit.SECONDS);
        }
    }
}
JAVA

(inside /usr/bin/epmd -port 14377 -address 127.0.0.1 -relaxed_command_check) &
running+=($!)
mkdir -p "$root/srv/n"
echo '[].' >"$root/srv/n/plugins"
(node rabbitmq-server) >"$work/n.log" 2>&1 &
running+=($!)
until (node rabbitmqctl --silent await_startup) >/dev/null 2>&1; do sleep 2; done
echo "RabbitMQ $(chroot "$root" dpkg-query -W -f '${Version}' rabbitmq-server); connections lost of 300:"
java -cp "$work/client/jars/*" "$work/client/Publisher.java" | tee "$work/seen"
grep -qx 'sockets 0' "$work/seen"
awk '$1 == "Netty" && $2 >= 30 {seen = 1} END {exit !seen}' "$work/seen"
