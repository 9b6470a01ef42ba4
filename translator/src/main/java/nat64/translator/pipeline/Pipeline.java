// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.packet.DropReason.DEVICE_REFUSED;
import static nat64.translator.packet.DropReason.INTERNAL_ERROR;
import static nat64.translator.packet.DropReason.NONE;

import nat64.translator.packet.Counters;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.packet.PacketPort;
import nat64.translator.translate.Fragmentation;
import nat64.translator.translate.MssClamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line that every packet walks, whatever the mode: parse, the {@link Path} of its side, send whole or in pieces; or
 * tell its sender why not; and count. One per worker.
 */
final class Pipeline {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final PacketPort port;
    private final PacketParser parser;
    private final Path ipv6Path;
    private final Path ipv4Path;
    private final MssClamp mssClamp;
    private final Fragmentation fragmentation;
    private final IcmpErrors icmpErrors;
    private final Counters ipv6Counters = new Counters();
    private final Counters ipv4Counters = new Counters();
    private boolean fromIpv6;
    private int packetsOnWire;
    private boolean defectLogged;

    Pipeline(
            PacketPort port,
            PacketParser parser,
            Path ipv6Path,
            Path ipv4Path,
            MssClamp mssClamp,
            Fragmentation fragmentation,
            IcmpErrors icmpErrors) {
        this.port = port;
        this.parser = parser;
        this.ipv6Path = ipv6Path;
        this.ipv4Path = ipv4Path;
        this.mssClamp = mssClamp;
        this.fragmentation = fragmentation;
        this.icmpErrors = icmpErrors;
    }

    /** Translates and sends one packet that has just been received, or drops and counts it. Never throws. */
    void process(Packet packet, long now) {
        int octets = packet.length();
        DropReason drop;
        try {
            drop = translate(packet, now);
        } catch (RuntimeException e) {
            drop = INTERNAL_ERROR;
            logOnce(e);
        }
        var counters = fromIpv6 ? ipv6Counters : ipv4Counters;
        if (drop == NONE) {
            counters.forwarded(packetsOnWire, octets);
        } else {
            counters.dropped(drop);
        }
    }

    /**
     * Sends what the port has kept. What the device then refuses was already counted as forwarded, and is counted as
     * dropped as well, on the side of the last packet.
     */
    void flush() {
        int refused = port.flush();
        if (refused > 0) {
            (fromIpv6 ? ipv6Counters : ipv4Counters).dropped(DEVICE_REFUSED, refused);
        }
    }

    /** What came from the IPv6 side; any thread may ask. */
    TranslatorStatistics.Traffic fromIpv6() {
        return traffic(ipv6Counters);
    }

    /** What came from the IPv4 side; any thread may ask. */
    TranslatorStatistics.Traffic fromIpv4() {
        return traffic(ipv4Counters);
    }

    /** ICMP errors of the translator's own; any thread may ask. */
    long icmpErrorsSent() {
        return icmpErrors.sent();
    }

    private DropReason translate(Packet packet, long now) {
        var drop = parser.parse(packet);
        int version = packet.layers().version();
        fromIpv6 = version == 6;
        if (drop == NONE) {
            drop = fromIpv6 ? ipv6Path.translate(packet, now) : ipv4Path.translate(packet, now);
        }
        if (drop == NONE) {
            return send(packet) ? NONE : DEVICE_REFUSED;
        }
        if (packet.layers().version() == version) {
            icmpErrors.reply(packet, drop, port, now);
        }
        return drop;
    }

    private boolean send(Packet packet) {
        packetsOnWire = packet.packetsOnWire();
        mssClamp.apply(packet);
        return fragmentation.isNeeded(packet) ? fragmentation.send(packet, port) : port.send(packet);
    }

    private void logOnce(RuntimeException defect) {
        if (!defectLogged) {
            defectLogged = true;
            LOG.error("A packet met a defect of the translator; it was dropped, and so are others like it", defect);
        }
    }

    private static TranslatorStatistics.Traffic traffic(Counters counters) {
        return new TranslatorStatistics.Traffic(counters.packets(), counters.octets(), counters.dropped());
    }
}
