package dev.busbar.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** A name server (RFC 1035) that knows one name. It has to be asked for each type of address apart, as all have. */
public final class NameServer {

    private static final int HEADER_BYTES = 12;
    private static final int QUESTION_TAIL_BYTES = 4;
    private static final int IPV4 = 1;
    private static final int IPV6 = 28;
    private static final int ANSWER_FLAGS = 0x8180;
    private static final int NAME_OF_THE_QUESTION = 0xc00c;
    private static final int INTERNET = 1;

    private final DatagramSocket socket;
    private final String name;
    private final List<String> addresses;

    private NameServer(DatagramSocket socket, String name, List<String> addresses) {
        this.socket = socket;
        this.name = name;
        this.addresses = addresses;
        socket.handler(this::answer);
    }

    /** Until Vert.x is closed. What it tells may not be kept by anybody. */
    public static NameServer start(Vertx vertx, String name, String... addresses) {
        var socket = vertx.createDatagramSocket().listen(0, "127.0.0.1").await();
        return new NameServer(socket, name, List.of(addresses));
    }

    /** Host and port. */
    public String hostAndPort() {
        return "127.0.0.1:" + socket.localAddress().port();
    }

    private void answer(DatagramPacket asked) {
        var question = asked.data().getBytes();
        var end = HEADER_BYTES;
        var asksFor = new StringBuilder();
        while (question[end] != 0) {
            asksFor.append(asksFor.isEmpty() ? "" : ".").append(new String(question, end + 1, question[end]));
            end += question[end] + 1;
        }
        var type = asked.data().getUnsignedShort(end + 1);
        var answers = addresses.stream()
                .filter(address -> name.contentEquals(asksFor))
                .map(NameServer::bytes)
                .filter(address -> type == (address.length == 4 ? IPV4 : IPV6))
                .toList();
        var answer = Buffer.buffer()
                .appendBytes(question, 0, 2)
                .appendUnsignedShort(ANSWER_FLAGS)
                .appendUnsignedShort(1)
                .appendUnsignedShort(answers.size())
                .appendInt(0)
                .appendBytes(Arrays.copyOfRange(question, HEADER_BYTES, end + 1 + QUESTION_TAIL_BYTES));
        answers.forEach(address -> answer.appendUnsignedShort(NAME_OF_THE_QUESTION)
                .appendUnsignedShort(type)
                .appendUnsignedShort(INTERNET)
                .appendInt(0)
                .appendUnsignedShort(address.length)
                .appendBytes(address));
        socket.send(answer, asked.sender().port(), asked.sender().host());
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException none) {
            throw new IllegalArgumentException(address, none);
        }
    }
}
