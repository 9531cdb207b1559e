package dev.busbar.codec;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates ids for messages that have none. An id has 22 URL-safe characters: 14 random ones (84 bits), the same for
 * all ids of a generator, and 8 of a counter. A generator makes 2<sup>48</sup> different ids. An id is no secret,
 * because the next one can be guessed. Thread-safe and non-blocking.
 */
public final class MessageIds {

    private static final char[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray();
    private static final int RANDOM_CHARACTERS = 14;
    private static final int COUNTER_CHARACTERS = 8;

    private final String prefix;
    private final AtomicLong count = new AtomicLong();

    public MessageIds() {
        // 12 bytes encode to 16 characters without padding: enough for the 14.
        byte[] random = new byte[12];
        new SecureRandom().nextBytes(random);
        prefix = Base64.getUrlEncoder().encodeToString(random).substring(0, RANDOM_CHARACTERS);
    }

    /** Returns an id that this generator has not returned before. */
    public String next() {
        char[] id = new char[RANDOM_CHARACTERS + COUNTER_CHARACTERS];
        prefix.getChars(0, RANDOM_CHARACTERS, id, 0);
        long remaining = count.getAndIncrement();
        for (int i = id.length - 1; i >= RANDOM_CHARACTERS; i--) {
            id[i] = ALPHABET[(int) (remaining & 63)];
            remaining >>>= 6;
        }
        return new String(id);
    }
}
