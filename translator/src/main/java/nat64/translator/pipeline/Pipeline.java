// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.packet.DropReason.DEVICE_REFUSED;
import static nat64.translator.packet.DropReason.INTERNAL_ERROR;
import static nat64.translator.packet.DropReason.NONE;

import nat64.translator.packet.Counters;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.packet.Step;
import nat64.translator.session.fragment.FirstFragments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line of every packet, in every mode: parse, the {@link Path} of its side, send; or tell its sender why not; and
 * count. One per worker; any thread may read the counters.
 *
 * @param <R> the rules of the mode
 */
public final class Pipeline<R extends Rules> {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final PacketParser parser;
    private final Paths<R> paths;
    private final FirstFragments firstFragments;
    private final Egress egress;
    private final IcmpErrors icmpErrors;
    private final Counters fromIpv6Counters = new Counters();
    private final Counters fromIpv4Counters = new Counters();
    private boolean fromIpv6;
    private boolean defectLogged;

    public Pipeline(
            PacketParser parser, Paths<R> paths, FirstFragments firstFragments, Egress egress, IcmpErrors icmpErrors) {
        this.parser = parser;
        this.paths = paths;
        this.firstFragments = firstFragments;
        this.egress = egress;
        this.icmpErrors = icmpErrors;
    }

    /**
     * Translates and sends one packet that has just been received, or drops it; counts it. Never throws.
     *
     * @return NONE, or why the packet was dropped
     */
    public DropReason process(Packet packet, R rules, long now) {
        int bytes = packet.length();
        DropReason drop;
        try {
            drop = walk(packet, bytes, rules, now);
        } catch (RuntimeException e) {
            drop = INTERNAL_ERROR;
            logOnce(e);
        }
        firstFragments.end(drop, now);
        if (drop != NONE) {
            counters().dropped(drop);
        }
        var trace = packet.trace();
        if (trace != null) {
            trace.end(drop);
        }
        return drop;
    }

    private DropReason walk(Packet packet, int bytes, R rules, long now) {
        packet.enter(Step.HEADERS);
        var drop = parser.parse(packet);
        fromIpv6 = packet.layers().version() == 6;
        var dropOfFirst = firstFragments.begin(packet.layers(), now);
        if (drop == NONE && dropOfFirst != NONE) {
            Findings.ofFirstFragment(packet);
            return dropOfFirst;
        }
        if (drop == NONE) {
            drop = fromIpv6
                    ? paths.fromIpv6().translate(packet, rules, now)
                    : paths.fromIpv4().translate(packet, rules, now);
        }
        if (drop == NONE) {
            drop = send(packet, bytes, rules);
        }
        if (drop != NONE && !packet.isRewritten()) {
            icmpErrors.reply(packet, drop.reply(), rules, now);
        }
        return drop;
    }

    private DropReason send(Packet packet, int bytes, R rules) {
        int packetsOnWire = packet.packetsOnWire();
        if (!egress.send(packet, rules.translation())) {
            return DEVICE_REFUSED;
        }
        var layers = packet.layers();
        boolean hairpinned = fromIpv6 && layers.version() == 6;
        counters().forwarded(layers.protocol(), hairpinned, packetsOnWire, bytes);
        return NONE;
    }

    /**
     * Sends what the port has kept. What the device then refuses was already counted as forwarded, and is counted as
     * dropped as well, on the side of the last packet.
     */
    public void flush() {
        int refused = egress.flush();
        if (refused > 0) {
            counters().dropped(DEVICE_REFUSED, refused);
        }
    }

    /** Packets that came from the IPv6 side; any thread may read them. */
    public Counters fromIpv6() {
        return fromIpv6Counters;
    }

    /** Packets that came from the IPv4 side; any thread may read them. */
    public Counters fromIpv4() {
        return fromIpv4Counters;
    }

    /** The way out, and what the translator itself has sent; any thread may read its counts. */
    public Egress egress() {
        return egress;
    }

    private Counters counters() {
        return fromIpv6 ? fromIpv6Counters : fromIpv4Counters;
    }

    private void logOnce(RuntimeException defect) {
        if (!defectLogged) {
            defectLogged = true;
            LOG.error(
                    "Dropped a packet because of a defect; further packets like it are dropped without a log", defect);
        }
    }
}
