package dev.busbar.codec;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes ids for messages that have none: 22 URL-safe characters, of which 14 (84 bits) are drawn at random once for
 * each generator and 8 count. Unique for 2<sup>48</sup> ids of one generator; not secret, for the next can be guessed.
 * Thread-safe and non-blocking.
 */
public final class MessageIds {

    private static final char[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray();
    private static final int PREFIX = 14;
    private static final int COUNTED = 8;

    private final String prefix;
    private final AtomicLong count = new AtomicLong();

    public MessageIds() {
        byte[] random = new byte[12];
        new SecureRandom().nextBytes(random);
        prefix = Base64.getUrlEncoder().encodeToString(random).substring(0, PREFIX);
    }

    public String next() {
        char[] id = new char[PREFIX + COUNTED];
        prefix.getChars(0, PREFIX, id, 0);
        long rest = count.getAndIncrement();
        for (int i = id.length - 1; i >= PREFIX; i--) {
            id[i] = ALPHABET[(int) (rest & 63)];
            rest >>>= 6;
        }
        return new String(id);
    }
}
