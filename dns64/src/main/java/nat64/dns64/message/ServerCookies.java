// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

import java.util.Arrays;
import java.util.List;

/**
 * Server cookies (RFC 9018, section 4) under one or more secrets. They show that a client really is where its queries
 * seem to come from. Pure; the time is seconds since 1970.
 */
public final class ServerCookies {

    /** Bytes of a secret. */
    public static final int SECRET_LENGTH = SipHash.KEY_LENGTH;

    /** Bytes of a client cookie. */
    public static final int CLIENT_COOKIE = 8;

    /** Bytes of both cookies. */
    public static final int BOTH_COOKIES = CLIENT_COOKIE + 16;

    private static final int VERSION_1 = 0x0100_0000; // with the reserved bytes
    private static final int TIME_AT = 12;
    private static final int HASH_AT = 16;
    private static final int LONGEST_PAST = 3600;
    private static final int LONGEST_FUTURE = 300;

    private final List<byte[]> secrets;

    /**
     * Takes the secrets, which are not copied.
     *
     * @param secrets cookies are made with the first one, and are good with any (section 5)
     */
    public ServerCookies(List<byte[]> secrets) {
        this.secrets = List.copyOf(secrets);
        if (secrets.isEmpty() || secrets.stream().anyMatch(secret -> secret.length != SECRET_LENGTH)) {
            throw new IllegalArgumentException("a secret of server cookies has 16 bytes");
        }
    }

    /**
     * Whether the client has a cookie of ours that is not too old.
     *
     * @param cookies client and server cookie, as many bytes as came
     * @param client the bytes of its address
     */
    public boolean isGood(byte[] cookies, byte[] client, long now) {
        if (cookies.length != BOTH_COOKIES || cookies[CLIENT_COOKIE] != VERSION_1 >>> 24) {
            return false;
        }
        int age = (int) now - BigEndian.int32(cookies, TIME_AT); // serial numbers, RFC 1982
        if (age > LONGEST_PAST || age < -LONGEST_FUTURE) {
            return false;
        }
        long claimed = BigEndian.int64(cookies, HASH_AT);
        boolean isGood = false;
        for (byte[] secret : secrets) {
            isGood |= hash(secret, cookies, client) == claimed;
        }
        return isGood;
    }

    /**
     * Writes the client cookie and a new server cookie of now into {@code cookies}, which begins with the client
     * cookie.
     */
    public void renew(byte[] cookies, byte[] client, long now) {
        BigEndian.putInt32(cookies, CLIENT_COOKIE, VERSION_1);
        BigEndian.putInt32(cookies, TIME_AT, (int) now);
        BigEndian.putInt64(cookies, HASH_AT, hash(secrets.getFirst(), cookies, client));
    }

    private static long hash(byte[] secret, byte[] cookies, byte[] client) {
        byte[] message = Arrays.copyOf(cookies, HASH_AT + client.length);
        System.arraycopy(client, 0, message, HASH_AT, client.length);
        return Long.reverseBytes(SipHash.hash(secret, message, message.length));
    }
}
