// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import static nat64.gateway.config.common.AddressFormats.IPV4_PREFIX;
import static nat64.gateway.config.common.AddressFormats.PORTS;
import static nat64.gateway.config.file.Formats.BOOLEAN;
import static nat64.gateway.config.file.Formats.integer;
import static nat64.gateway.config.file.OnChange.RELOAD;
import static nat64.gateway.config.file.OnChange.RESTART;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import nat64.gateway.config.common.TableFormats;
import nat64.gateway.config.file.Assembly;
import nat64.gateway.config.file.AutoOr;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.ItemsKey;
import nat64.gateway.config.file.Key;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ListKey;
import nat64.gateway.config.file.ValueKey;
import nat64.gateway.config.translator.binding.TransportAddress;
import nat64.translator.TranslatorSettings;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.SpecialIpv4;
import nat64.translator.session.fragment.FragmentLimits;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.StatePolicy.UnknownTcp;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.pool4.QuarantineSettings;
import nat64.translator.session.table.Protocol;
import nat64.translator.translate.MssClamp;
import nat64.translator.translate.Mtu;
import nat64.translator.translate.TranslationOptions;

/** The keys of the section {@code translator} that are in no section inside it. */
public final class TranslatorKeys {

    public static final Keys KEYS = Keys.section("translator");

    static final int LARGEST_PACKET = 65_535;
    private static final int MOST_SESSIONS = 100_000_000;
    private static final int MOST_WORKERS = 64;
    private static final int LARGEST_RATE = 1_000_000;
    private static final int SMALLEST_SEGMENT = 88; // less only makes hosts send many small packets
    private static final Format<Ipv4Prefix> POOL4_FORMAT =
            IPV4_PREFIX.and(prefix -> new Pool4Range(prefix, PortRange.ALL)).and(TranslatorKeys::requireRouted);
    /** What {@code auto} takes of the host's own address: the host keeps the ephemeral ports below. */
    static final PortRange OWN_PORTS = new PortRange(36_864, 65_534);

    /** Where the host has no address to share. */
    static final Pool4Range PRIVATE_POOL4 =
            new Pool4Range(Ipv4Prefix.parse("100.64.64.0/29"), new PortRange(1024, 65_535));

    private static final Format<Integer> CLASS = integer(0, 255).or(Map.of("copy", TranslationOptions.COPY));

    static final ValueKey<TranslatorMode> MODE = KEYS.value(
            "mode",
            "nat64",
            Formats.oneOf(TranslatorMode.class),
            RESTART,
            "`nat64` keeps state; `siit` and `clat` do not: see [SIIT and CLAT](siit-and-clat.md).");

    static final ItemsKey POOL4 = KEYS.items(
            "pool4",
            Formats.AUTO,
            "[{prefix: auto}]",
            RELOAD,
            "The IPv4 addresses that stand for IPv6 hosts. `auto` is a range of ports of the host's own IPv4 address;"
                    + " where the host has none to share, it is 100.64.64.0/29, masqueraded: see [the host's own"
                    + " address](deployment.md#the-hosts-own-ipv4-address). A range that a reload removes is drained:"
                    + " its sessions go on, and new ones get other addresses.");
    static final ValueKey<AutoOr<Ipv4Prefix>> POOL4_PREFIX = POOL4.keys()
            .value(
                    "prefix",
                    Key.REQUIRED,
                    Formats.orAuto(POOL4_FORMAT),
                    "An IPv4 prefix of /16 or longer, or `auto`. No two overlap.");
    static final ValueKey<PortRange> POOL4_PORTS = POOL4.keys()
            .value(
                    "ports",
                    "1-65535",
                    PORTS,
                    "The ports of these addresses that bindings may take; with `prefix: auto`, the default is"
                            + " 36864-65534.");

    static final ValueKey<Boolean> MASQUERADE = KEYS.value(
            "masquerade",
            "true",
            BOOLEAN,
            RESTART,
            "Hides pool4 behind the host's own IPv4 address. Set it to `false` when pool4 is routed to this host."
                    + " `pool4: auto` needs no masquerading where the host shares its address; `true` in the file"
                    + " turns `auto` off.");
    static final ValueKey<AutoOr<Integer>> MAX_SESSIONS = KEYS.value(
            "max-sessions",
            "auto",
            Formats.orAuto(integer(1, MOST_SESSIONS)),
            RESTART,
            "Sessions each of TCP, UDP and ICMP. Memory for them is [reserved at"
                    + " start](decisions/0021-memory-of-tables.md) and used as sessions are opened: about 1.2 GiB for"
                    + " 10000000 sessions. `auto` is what fits a sixteenth of the memory of the machine or container,"
                    + " from 65536 to 4000000: 2.3 million with 24 GiB.");
    static final ValueKey<AutoOr<Integer>> WORKERS = KEYS.value(
            "workers",
            "auto",
            Formats.orAuto(integer(1, MOST_WORKERS)),
            RESTART,
            "Threads that translate, each with a queue of the device; 1 to 64. `auto` is one for each processor that"
                    + " the process may use, 8 at most. See [the decision](decisions/0025-workers.md).");
    static final ValueKey<Boolean> PIN_WORKERS = KEYS.value(
            "pin-workers",
            "true",
            BOOLEAN,
            RESTART,
            "Binds each worker to a processor of those that the process may use, in order, from the one where it was"
                    + " started: this makes a TCP stream a third faster ([decision 25](decisions/0025-workers.md))."
                    + " Set it to `false` where programs that cannot move share these processors.");

    static final ValueKey<Integer> LOWEST_IPV6_MTU = KEYS.value(
            "lowest-ipv6-mtu",
            "1280",
            integer(Mtu.SMALLEST_IPV6, LARGEST_PACKET),
            RELOAD,
            "IPv6 packets up to this size need not be fragmented when an IPv4 sender allows fragments (RFC 7915,"
                    + " section 4).");
    static final ValueKey<Integer> MSS_CLAMP = KEYS.value(
            "mss-clamp",
            "auto",
            integer(SMALLEST_SEGMENT, LARGEST_PACKET).or(Map.of("off", MssClamp.OFF, Formats.AUTO, MssClamp.AUTO)),
            RELOAD,
            "The largest TCP segment that hosts may announce: `off`, a number of bytes, or `auto` for what fits the"
                    + " links of both sides.");
    static final ValueKey<Integer> TRAFFIC_CLASS = KEYS.value(
            "traffic-class",
            "copy",
            CLASS,
            RELOAD,
            "Traffic class of IPv6 packets translated from IPv4: `copy` of the type of service, or a number from 0 to"
                    + " 255.");
    static final ValueKey<Integer> TYPE_OF_SERVICE = KEYS.value(
            "type-of-service",
            "copy",
            CLASS,
            RELOAD,
            "Type of service of IPv4 packets translated from IPv6: `copy` of the traffic class, or a number from 0 to"
                    + " 255.");
    static final ValueKey<Integer> ICMP_ERRORS = KEYS.value(
            "icmp-errors",
            String.valueOf(TranslatorSettings.ICMP_ERRORS_PER_SECOND),
            integer(0, LARGEST_RATE).or(Map.of("off", 0, "unlimited", TranslatorSettings.UNLIMITED_ICMP_ERRORS)),
            RELOAD,
            "ICMP errors per second that the translator itself sends: a number, `off` or `unlimited`. Path MTU"
                    + " discovery needs them. The rate holds for IPv6 and IPv4 hosts, and for \"too big\" and other"
                    + " errors, each on its own; one source gets a quarter of it.");

    static final ItemsKey STATIC_BINDINGS = KEYS.itemsOrEmpty(
            "static-bindings",
            "[]",
            "[{protocol: tcp, ipv6: \"[2001:db8::5]:80\", ipv4: \"203.0.113.1:80\"}]",
            RELOAD,
            "IPv6 servers that IPv4 clients reach, such as"
                    + " `{protocol: tcp, ipv6: \"[2001:db8::5]:80\", ipv4: \"203.0.113.1:80\"}`. They never expire.");
    static final ValueKey<Protocol> BINDING_PROTOCOL = STATIC_BINDINGS
            .keys()
            .value(
                    "protocol",
                    Key.REQUIRED,
                    Formats.oneOf(Protocol.class),
                    "`tcp`, `udp` or `icmp`; the ports of ICMP are echo identifiers.");
    static final ValueKey<TransportAddress<Ipv6Address>> BINDING_IPV6 = STATIC_BINDINGS
            .keys()
            .value("ipv6", Key.REQUIRED, TransportAddress.IPV6, "Address and port of the server.");
    static final ValueKey<TransportAddress<Integer>> BINDING_IPV4 = STATIC_BINDINGS
            .keys()
            .value(
                    "ipv4",
                    Key.REQUIRED,
                    TransportAddress.IPV4,
                    "An address of `translator.pool4`, or `auto` for the first one, and any port, even outside the"
                            + " ports given there.");
    static final ValueKey<Optional<Path>> BINDINGS_FILE = KEYS.value(
            "static-bindings-file",
            "none",
            TableFormats.orNone("/etc/nat64/bindings.csv"),
            RELOAD,
            "A file with more of them, a table with the columns protocol, ipv6 and ipv4 (see [tables](#tables)). A"
                    + " reload reads it anew.");

    /** A list of static bindings, in the file or in one of its own. */
    public static final Assembly.Table BINDINGS_TABLE = new Assembly.Table(BINDINGS_FILE, STATIC_BINDINGS);

    static final ValueKey<Boolean> ADDRESS_DEPENDENT_FILTERING = KEYS.value(
            "address-dependent-filtering",
            "false",
            BOOLEAN,
            RELOAD,
            "Only an IPv4 host to whose address the IPv6 host has sent may send to a binding. Static bindings stay"
                    + " open to all.");
    static final ValueKey<Boolean> DROP_EXTERNALLY_INITIATED_TCP = KEYS.value(
            "drop-externally-initiated-tcp",
            "false",
            BOOLEAN,
            RELOAD,
            "Drops TCP connections that the IPv4 side opens. Static bindings stay open.");
    static final ValueKey<UnknownTcp> UNKNOWN_TCP = KEYS.value(
            "unknown-tcp",
            "drop",
            Formats.oneOf(UnknownTcp.class),
            RELOAD,
            "What a client is told whose TCP connection the translator does not know, as after a restart: nothing"
                    + " (`drop`), an `icmp-error`, or a `reset`, which ends the connection at once. See [the"
                    + " decision](decisions/0045-tcp-windows.md).");
    static final ValueKey<Boolean> OWN_DESTINATIONS = KEYS.value(
            "own-destinations",
            "false",
            BOOLEAN,
            RELOAD,
            "Whether clients may reach the gateway's own IPv4 addresses, and the services there, through the"
                    + " translator.");
    static final ValueKey<Boolean> PRIVATE_DESTINATIONS = KEYS.value(
            "private-destinations",
            "true",
            BOOLEAN,
            RELOAD,
            "Whether clients may reach private and other IPv4 addresses that are not global, such as 10.0.0.1. In"
                    + " 64:ff9b::/96, `translate-non-global` has to allow them as well.");
    static final ValueKey<Integer> MAX_STORED_SYNS = KEYS.value(
            "max-stored-syns",
            "1024",
            integer(1, StatePolicy.MOST_STORED_SYNS),
            RESTART,
            "SYNs from the IPv4 side that may wait for a simultaneous open (RFC 6146, section 3.5.2.2). Each takes 544"
                    + " bytes.");
    static final ValueKey<Duration> FRAGMENT_TIMEOUT = KEYS.value(
            "fragment-timeout",
            "2s",
            Formats.DURATION.and(value -> new FragmentLimits(value, 1)).withExamples("2s", "3s"),
            RESTART,
            "FRAGMENT_MIN of RFC 6146, section 4: how long the translator waits for the fragments of a datagram; 2s to"
                    + " 1m.");
    static final ValueKey<Integer> MAX_STORED_FRAGMENTS = KEYS.value(
            "max-stored-fragments",
            "512",
            integer(1, FragmentLimits.MOST_STORED),
            RESTART,
            "Fragments that may wait for the first one of their datagram. Each takes 2 KiB.");
    static final ListKey<Ipv4Prefix> UNTRANSLATED = KEYS.listOrEmpty(
            "untranslated",
            "[]",
            IPV4_PREFIX,
            RELOAD,
            "IPv4 prefixes for which translation is turned off (RFC 6888, REQ-6).");
    static final ValueKey<Duration> PORT_HOLD = KEYS.value(
            "port-hold",
            "2m",
            Formats.DURATION.and(time -> new QuarantineSettings(time, 1)).withExamples("2m", "3m"),
            RESTART,
            "How long a UDP or ICMP port of pool4 stays unused before another host may get it (RFC 6888, REQ-8); `0s`"
                    + " turns this off.");
    static final ValueKey<Integer> MAX_HELD_PORTS = KEYS.value(
            "max-held-ports",
            "16384",
            integer(1, QuarantineSettings.MOST_PORTS),
            RESTART,
            "How many ports each of UDP and ICMP are held at a time; beyond that, the port that was held longest is"
                    + " released first.");
    static final ValueKey<Boolean> SET_UP_HOST = KEYS.value(
            "set-up-host",
            "true",
            BOOLEAN,
            RESTART,
            "Whether the gateway sets addresses, routes, forwarding and nftables, and removes them at the end. With"
                    + " `false` you do it.");

    private TranslatorKeys() {}

    private static void requireRouted(Ipv4Prefix prefix) {
        if (!SpecialIpv4.isRouted(prefix.address())) {
            throw new IllegalArgumentException(prefix + " is never routed, so no answer could come back; use addresses"
                    + " of your own, or private ones such as 100.64.64.0/29");
        }
    }
}
