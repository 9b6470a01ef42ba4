// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.table;

/** Times for people, in their two largest units: {@code 42s}, {@code 5m12s}, {@code 1h59m}, {@code 3d4h}. */
public final class ShortDuration {

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private ShortDuration() {}

    public static String of(long seconds) {
        if (seconds >= DAY) {
            return seconds / DAY + "d" + seconds % DAY / HOUR + "h";
        }
        if (seconds >= HOUR) {
            return seconds / HOUR + "h" + seconds % HOUR / MINUTE + "m";
        }
        return seconds >= MINUTE ? seconds / MINUTE + "m" + seconds % MINUTE + "s" : seconds + "s";
    }
}
