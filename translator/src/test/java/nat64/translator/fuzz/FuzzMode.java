// SPDX-License-Identifier: Apache-2.0
package nat64.translator.fuzz;

import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import nat64.translator.PacketTranslator;
import nat64.translator.PacketTranslatorSettings;
import nat64.translator.packet.PacketPort;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestSiit;

/** The modes of the translator, each with 2001:db8:64::/96, and who talks through it. */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes them
enum FuzzMode {
    NAT64(
            TestNat64.settings(),
            Hosts.of(
                    "2001:db8:1::2 2001:db8:1::3 2001:db8:1::4",
                    "2001:db8:64::c633:6402 2001:db8:64::c633:6403 2001:db8:64::cb00:7101 2001:db8:64::cb00:7102",
                    "198.51.100.2 198.51.100.3 203.0.113.1",
                    "203.0.113.0 203.0.113.1 203.0.113.2 203.0.113.3")),
    SIIT(
            TestSiit.SETTINGS,
            Hosts.of(
                    "2001:db8:aaaa:: 2001:db8:bbbb::b 2001:db8:cccc::8 2001:db8:dddd:0:6000:: 2001:db8:5::1",
                    "2001:db8:64::c633:6402 2001:db8:64::c000:201 2001:db8:64::c000:218 2001:db8:64::c633:6403",
                    "198.51.100.2 198.51.100.3 192.0.2.1",
                    "192.0.2.1 192.0.2.2 192.0.2.24 192.0.2.152 192.0.2.248")),
    CLAT(
            TestSiit.CLAT,
            Hosts.of(
                    "2001:db8:64::c633:6402 2001:db8:64::c633:6403 2001:db8:5::1",
                    "2001:db8:1::c1a7",
                    "192.0.0.1",
                    "198.51.100.2 198.51.100.3"));

    private final PacketTranslatorSettings settings;
    private final Hosts hosts;

    FuzzMode(PacketTranslatorSettings settings, Hosts hosts) {
        this.settings = settings;
        this.hosts = hosts;
    }

    Hosts hosts() {
        return hosts;
    }

    PacketTranslator start(Arena arena, PacketPort port) {
        return PacketTranslator.of(arena, settings, port, new SplittableRandom(6146));
    }
}
