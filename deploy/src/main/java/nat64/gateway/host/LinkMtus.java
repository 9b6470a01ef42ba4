// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.List;
import java.util.function.ToIntFunction;
import nat64.translator.translate.NextHopMtus;

/** What routes, as {@code ip route show} prints them, say of MTUs. */
final class LinkMtus {

    private LinkMtus() {}

    /**
     * The largest MTU of the links that have routes, or {@link NextHopMtus#UNKNOWN} if none has.
     *
     * @param ownDevice a device that does not count; {@code lo} never does
     * @param linkMtu of a device, in octets; 0 if it is unknown
     */
    static int largest(String printed, String ownDevice, ToIntFunction<String> linkMtu) {
        return printed
                .lines()
                .map(line -> List.of(line.strip().split("\\s+")))
                .filter(words -> isLink(word(words, "dev"), ownDevice))
                .mapToInt(words -> mtu(words, linkMtu))
                .filter(mtu -> mtu > 0)
                .max()
                .stream()
                .map(mtu -> Math.min(mtu, NextHopMtus.UNKNOWN))
                .findFirst()
                .orElse(NextHopMtus.UNKNOWN);
    }

    private static boolean isLink(String device, String ownDevice) {
        return !device.isEmpty() && !device.equals("lo") && !device.equals(ownDevice);
    }

    /** A route may have an MTU of its own, smaller than the link's. */
    private static int mtu(List<String> words, ToIntFunction<String> linkMtu) {
        int link = linkMtu.applyAsInt(word(words, "dev"));
        var locked = word(words, "mtu");
        var own = locked.equals("lock") ? word(words, "lock") : locked;
        return own.matches("\\d{1,9}") ? Math.min(link, Integer.parseInt(own)) : link;
    }

    /** The word behind this one, or nothing. */
    private static String word(List<String> words, String name) {
        int at = words.indexOf(name);
        return at < 0 || at + 1 == words.size() ? "" : words.get(at + 1);
    }
}
