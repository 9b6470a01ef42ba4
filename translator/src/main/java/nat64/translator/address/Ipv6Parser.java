// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

/**
 * Reads the text form of an IPv6 address: groups of up to four hexadecimal digits, {@code ::} in place of one run of
 * zero groups, and perhaps a dotted quad for the last two (RFC 4291, section 2.2). It is quick, as tables have 100,000
 * of them.
 */
final class Ipv6Parser {

    private static final int GROUPS = 8;
    private static final int NO_GAP = -1;
    private static final int MOST_DIGITS = 4;

    private final String text;
    private final int[] groups = new int[GROUPS];
    private int found;
    private int gap = NO_GAP; // before which group zeros were left out

    private Ipv6Parser(String text) {
        this.text = text;
    }

    static Ipv6Address parse(String text) {
        var parser = new Ipv6Parser(text);
        parser.readGroups();
        return parser.address();
    }

    private void readGroups() {
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int colon = text.indexOf(':', at);
            int end = colon < 0 ? text.length() : colon;
            if (colon < 0 && text.indexOf('.', at) >= 0) {
                readDottedQuad(at);
            } else {
                add(group(at, end));
            }
            at = colon < 0 ? end : afterColon(colon);
        }
    }

    /** A single colon has another group after it. */
    private int afterColon(int colon) {
        if (text.startsWith("::", colon)) {
            if (gap != NO_GAP) {
                throw refusal();
            }
            gap = found;
            return colon + 2;
        }
        if (colon == text.length() - 1) {
            throw refusal();
        }
        return colon + 1;
    }

    private int group(int from, int end) {
        if (from == end || end - from > MOST_DIGITS) {
            throw refusal();
        }
        int value = 0;
        for (int i = from; i < end; i++) {
            value = value << 4 | digit(text.charAt(i));
        }
        return value;
    }

    /** {@link Character#digit} takes the digits of all scripts. */
    private int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20; // in lower case
        if (letter >= 'a' && letter <= 'f') {
            return letter - 'a' + 10;
        }
        throw refusal();
    }

    private void readDottedQuad(int from) {
        int ipv4;
        try {
            ipv4 = Ipv4Address.parse(text.substring(from));
        } catch (IllegalArgumentException e) {
            throw refusal();
        }
        add(ipv4 >>> 16);
        add(ipv4 & 0xffff);
    }

    private void add(int group) {
        if (found == GROUPS) {
            throw refusal();
        }
        groups[found++] = group;
    }

    private Ipv6Address address() {
        if (gap == NO_GAP ? found != GROUPS : found == GROUPS) {
            throw refusal();
        }
        int zeros = GROUPS - found;
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS; i++) {
            int group = gap == NO_GAP || i < gap ? groups[i] : i < gap + zeros ? 0 : groups[i - zeros];
            high = high << 16 | low >>> 48;
            low = low << 16 | group;
        }
        return new Ipv6Address(high, low);
    }

    private IllegalArgumentException refusal() {
        return new IllegalArgumentException("not an IPv6 address: " + text);
    }
}
