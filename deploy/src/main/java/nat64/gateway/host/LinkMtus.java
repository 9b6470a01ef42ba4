// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.List;
import java.util.function.ToIntFunction;
import nat64.translator.translate.NextHopMtus;

/** The MTU of packets that leave by given routes. Pure. */
final class LinkMtus {

    private LinkMtus() {}

    /**
     * The largest MTU of the links that have routes, or {@link NextHopMtus#UNKNOWN} if none has.
     *
     * @param ownDevice a device that does not count; {@code lo} never does
     * @param linkMtu of a device, in bytes; 0 if it is unknown
     */
    static int largest(List<Route> routes, String ownDevice, ToIntFunction<String> linkMtu) {
        int largest = routes.stream()
                .flatMapToInt(route -> route.devices().stream()
                        .filter(device -> !device.equals("lo") && !device.equals(ownDevice))
                        .mapToInt(device -> mtu(route, linkMtu.applyAsInt(device))))
                .max()
                .orElse(0);
        return largest == 0 ? NextHopMtus.UNKNOWN : Math.min(largest, NextHopMtus.UNKNOWN);
    }

    /** A route may have an MTU of its own, smaller than the link's. */
    private static int mtu(Route route, int link) {
        return route.mtu() == 0 ? link : Math.min(link, route.mtu());
    }
}
