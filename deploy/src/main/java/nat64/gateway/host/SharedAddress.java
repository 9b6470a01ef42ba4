// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import static java.lang.Integer.parseInt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv4Address;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.pool4.HostPorts;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.table.Protocol;

/**
 * An IPv4 address that the host and the translator both have. Packets to the ports of the translator are routed to its
 * device, before the kernel looks whether the address is its own:
 *
 * <ul>
 *   <li>Rules lead the ports, by themselves, to a routing table of the translator. They come before the rule of the
 *       local table, and need no nftables: live connections are not reset while a firewall is loaded.
 *   <li>An nftables table keeps these packets out of connection tracking; has fragments put together, which connection
 *       tracking does; knows the ICMP errors, be they the host's own, and echo replies that are the translator's; and
 *       leaves alone what belongs to a socket of the host, or to a port that one listens on.
 *   <li>The kernel gives no program one of these ports unless it asks for it.
 * </ul>
 *
 * @param address as {@code int}
 * @param ports of TCP and UDP, and identifiers of ICMP, that bindings may take
 * @param bound ports outside these that static bindings have
 * @param inUse ports that programs of the host use
 */
public record SharedAddress(int address, PortRange ports, List<Bound> bound, HostPorts inUse) {

    /** Routes of this table lead to the translator. */
    static final int TABLE = 6464;

    /** Marks the rules, so that they are told from those of others. */
    static final String PROTOCOL = "64";

    static final String RESERVED_PORTS = "ipv4/ip_local_reserved_ports";

    private static final String BLACKHOLE = "blackhole";

    /** Of a rule, the kernel takes no range up to 65535. */
    private static final int LAST_PORT_OF_RULE = 65_534;

    /** Marks for the routing decision; they are cleared right after it. */
    private static final String TO_TRANSLATOR = "0x10000000";

    private static final String TO_HOST = "0x20000000";

    /**
     * Integers stand where header fields have other types, so that the quoted header of an error can be looked up. What
     * connection tracking keeps for long is kept for as long here.
     */
    private static final String SETS = """
              set echoes { typeof icmp id; size 65536; flags dynamic,timeout; timeout 2m; }
              set quoted_tcp_ports { typeof icmp id; flags interval; }
              set quoted_udp_ports { typeof icmp id; flags interval; }
              set masqueraded {
                typeof ip saddr . ip protocol . th sport . th dport
                size 262144; flags dynamic,timeout; timeout 3m;
              }
              set masqueraded_quotes {
                typeof tcp sequence . ip ttl . tcp sequence
                size 262144; flags dynamic,timeout; timeout 3m;
              }
              set masqueraded_echoes { typeof ip saddr . icmp id; size 65536; flags dynamic,timeout; timeout 3m; }
            """;

    /** A port of a protocol, or an identifier of ICMP. */
    public record Bound(Protocol protocol, int port) {}

    /**
     * Rules that a gateway has made, in the form of {@link #rules}.
     *
     * @param beforeLocal those before the rule of the local table, in order
     * @param others the rest
     * @param isLocalFirst whether the rule of the local table has preference 0, as the kernel makes it
     */
    record Rules(List<String> beforeLocal, List<String> others, boolean isLocalFirst) {

        /** Of this host, as {@code ip -json -4 rule} prints them. */
        static Rules of(JsonNode printed) {
            var before = new ArrayList<String>();
            var others = new ArrayList<String>();
            boolean isLocalSeen = false;
            boolean isLocalFirst = false;
            for (var rule : printed) {
                if (isLocal(rule)) {
                    isLocalSeen = true;
                    isLocalFirst |= rule.path("priority").asInt() == 0;
                } else if (rule.path("protocol").asText().equals(PROTOCOL)) {
                    (isLocalSeen ? others : before).add(text(rule));
                }
            }
            return new Rules(List.copyOf(before), List.copyOf(others), isLocalFirst);
        }
    }

    public SharedAddress {
        bound = List.copyOf(bound);
    }

    @Override
    public String toString() {
        return Ipv4Address.format(address) + " ports " + ports;
    }

    /** A range of pool4, with the static bindings at its address, which may lie outside its ports. */
    public static SharedAddress of(Pool4Range range, List<StaticBinding> bindings) {
        int address = range.prefix().address();
        return new SharedAddress(
                address,
                range.ports(),
                bindings.stream()
                        .filter(binding ->
                                binding.ipv4() == address && !range.ports().contains(binding.ipv4Port()))
                        .map(binding -> new Bound(binding.protocol(), binding.ipv4Port()))
                        .toList(),
                range.hostPorts().orElse(HostPorts.NONE));
    }

    /**
     * Whether the kernel can do all this, the process may, and no other gateway has the address; nothing changes.
     *
     * @param device the translator's
     * @throws HostException if the host can't be asked
     */
    public static boolean isPossible(String device) throws HostException {
        var any = new SharedAddress(0x7f00_0001, new PortRange(1, 2), List.of(), HostPorts.NONE);
        return Routes.ofTable(TABLE).stream().allMatch(route -> route.devices().contains(device))
                && KernelSettings.OF_THIS_HOST.isWritable(RESERVED_PORTS)
                && Commands.locate("nft").isPresent()
                && Commands.attempt(List.of("nft", "--check", any.script("nat64", "nat64_check")), Commands.TIMEOUT)
                        .isSuccess();
    }

    /**
     * The nftables table, in one transaction that replaces one of the same name, but for what its dynamic sets have
     * learned: connections would be lost with it. So a set that is defined otherwise needs another name.
     */
    String script(String device, String table) {
        return "table ip %1$s {%n%2$s}%nflush table ip %1$s%n%3$stable ip %1$s {%n%4$s%5$s%6$s}%n"
                .formatted(
                        table,
                        SETS,
                        Stream.of("quoted_tcp_ports", "quoted_udp_ports")
                                .map(set -> "flush set ip %s %s%n".formatted(table, set))
                                .collect(Collectors.joining()),
                        selection(),
                        connectionTracking(device) + masquerading(),
                        routing(device));
    }

    /** Chains that accept a packet, and take it out of connection tracking if it is the translator's. */
    private String selection() {
        return """
                  set quoted_tcp_ports { typeof icmp id; flags interval; elements = { %1$s }; }
                  set quoted_udp_ports { typeof icmp id; flags interval; elements = { %2$s }; }
                  chain ours {
                    ip saddr . ip protocol . th sport . th dport @masqueraded accept
                %3$s    tcp dport { %1$s } goto unless_of_host
                    udp dport { %2$s } goto unless_of_host
                    icmp type echo-reply ip saddr . icmp id @masqueraded_echoes accept
                    icmp type echo-reply icmp id @echoes notrack accept
                %4$s    icmp type { destination-unreachable, time-exceeded, parameter-problem } goto errors
                  }
                  chain unless_of_host {
                    socket wildcard { 0, 1 } accept
                    notrack accept
                  }
                  chain errors {
                    @th,64,8 0x45 @th,192,32 . @th,136,8 . @th,224,32 @masqueraded_quotes accept
                    @th,64,8 0x45 @th,136,8 6 @th,224,16 @quoted_tcp_ports notrack accept
                    @th,64,8 0x45 @th,136,8 17 @th,224,16 @quoted_udp_ports notrack accept
                    @th,64,8 0x45 @th,136,8 1 @th,256,16 @echoes notrack accept
                  }
                """.formatted(elements(Protocol.TCP), elements(Protocol.UDP), ofHost(), echoes());
    }

    /**
     * Connections that the kernel masquerades behind the address, for containers or another network, may have ports of
     * the translator: the kernel reserves ports for programs only. They are known by their packets on the way out.
     */
    private String masquerading() {
        return """
                  chain postrouting {
                    type filter hook postrouting priority srcnat + 10; policy accept;
                    ct state untracked accept
                    ip saddr %1$s ct status snat goto learn
                  }
                  chain learn {
                    icmp type echo-request update @masqueraded_echoes { ip daddr . icmp id } accept
                    meta l4proto != { tcp, udp } accept
                    th sport < %2$d accept
                    ct expiration > 3m update @masqueraded { ip daddr . ip protocol . th dport . th sport timeout 5d } \
                update @masqueraded_quotes { @nh,128,32 . @nh,72,8 . @th,0,32 timeout 5d } accept
                    update @masqueraded { ip daddr . ip protocol . th dport . th sport } \
                update @masqueraded_quotes { @nh,128,32 . @nh,72,8 . @th,0,32 }
                  }
                """.formatted(Ipv4Address.format(address), ports.first());
    }

    private String connectionTracking(String device) {
        return """
                  chain prerouting {
                    type filter hook prerouting priority raw; policy accept;
                    iifname "%1$s" icmp type echo-request update @echoes { icmp id }
                    iifname "%1$s" notrack accept
                    ip daddr %2$s goto ours
                  }
                  chain output {
                    type filter hook output priority raw; policy accept;
                    ip daddr %2$s icmp type { destination-unreachable, time-exceeded, parameter-problem } goto errors
                  }
                """.formatted(device, Ipv4Address.format(address));
    }

    /** Marks, which the forwarding no longer needs after the routing decision. */
    private String routing(String device) {
        return """
                  chain routing {
                    type filter hook prerouting priority mangle + 10; policy accept;
                    iifname "%1$s" meta mark set meta mark | %3$s
                    ip daddr %2$s ct state untracked meta mark set meta mark | %3$s
                    ip daddr %2$s ct state != untracked meta mark set meta mark | %4$s
                  }
                  chain own_errors {
                    type route hook output priority mangle + 10; policy accept;
                    ip daddr %2$s ct state untracked meta mark set meta mark | %3$s
                  }
                  chain forward {
                    type filter hook forward priority raw; policy accept;
                    meta mark & 0x30000000 != 0 meta mark set meta mark & 0xcfffffff
                  }
                  chain input {
                    type filter hook input priority raw; policy accept;
                    meta mark & 0x30000000 != 0 meta mark set meta mark & 0xcfffffff
                  }
                """.formatted(device, Ipv4Address.format(address), TO_TRANSLATOR, TO_HOST);
    }

    /** A socket that has not accepted its connection yet is none to nftables, so that ports have to be named. */
    private String ofHost() {
        return inUse.equals(HostPorts.NONE)
                ? ""
                : "    meta l4proto { tcp, udp } th dport { %s } accept%n".formatted(inUse);
    }

    /**
     * The rules, in the order in which the kernel looks at them, as {@code ip rule} prints them without preference: the
     * reverse path check finds the translator by the mark, and what the host sends itself stays there. Without a route
     * to the device, a packet goes no further, so that the host's own TCP resets no connection of the translator.
     */
    List<String> rules() {
        var to = "to " + Ipv4Address.format(address);
        var rules = new ArrayList<String>();
        rules.add("%s fwmark %s/%s lookup local".formatted(to, TO_HOST, TO_HOST));
        addToTranslator(rules, "%s fwmark %s/%s".formatted(to, TO_TRANSLATOR, TO_TRANSLATOR));
        rules.add(to + " iif lo lookup local");
        for (var protocol : List.of(Protocol.TCP, Protocol.UDP)) {
            ranges(protocol)
                    .forEach(range ->
                            addToTranslator(rules, "%s ipproto %s dport %s".formatted(to, protocol.label(), range)));
        }
        return rules;
    }

    private static void addToTranslator(List<String> rules, String selector) {
        rules.add(selector + " lookup " + TABLE);
        rules.add(selector + " " + BLACKHOLE);
    }

    /**
     * What makes the rules those of this address: a rule that is there already stays. The rule of the local table is
     * put back behind new ones, as one with the same preference; there are two of it meanwhile, never none.
     */
    Step setRules(Rules there) {
        var wanted = rules();
        int kept = 0;
        while (kept < wanted.size()
                && kept < there.beforeLocal.size()
                && wanted.get(kept).equals(there.beforeLocal.get(kept))) {
            kept++;
        }
        var missing = wanted.subList(kept, wanted.size());
        var obsolete = Stream.concat(
                        there.beforeLocal.subList(kept, there.beforeLocal.size()).stream(), there.others.stream())
                .toList();
        var commands = new ArrayList<String>();
        obsolete.stream().filter(missing::contains).forEach(rule -> commands.add(command("delete", rule)));
        missing.forEach(rule -> commands.add(command("add", rule)));
        if (there.isLocalFirst && !missing.isEmpty()) {
            commands.add("rule add preference 1 lookup local protocol " + PROTOCOL);
            commands.add("rule delete preference 0 from all lookup local protocol kernel");
            commands.add("rule add preference 0 lookup local protocol kernel");
            commands.add("rule delete preference 1 lookup local protocol " + PROTOCOL);
        }
        obsolete.stream()
                .filter(rule -> !missing.contains(rule))
                .forEach(rule -> commands.add(command("delete", rule)));
        return new Step.Batch("-4", commands);
    }

    private static String command(String action, String rule) {
        return "rule %s preference 0 %s protocol %s".formatted(action, rule, PROTOCOL);
    }

    /** The way into the device. */
    static Step setRoutes(String device) {
        return Step.Run.of("ip -4 route replace default dev %s table %d".formatted(device, TABLE));
    }

    /** What the kernel gives to no program that asks for any port: what it keeps back already, and ours. */
    String reserved(String before) {
        return reserves(before) ? before : (before.isEmpty() ? "" : before + ",") + ports;
    }

    /** Whether all ports are among those that the kernel keeps back, as it prints them. */
    boolean reserves(String value) {
        var kept = new BitSet();
        Stream.of(value.split(","))
                .filter(range -> !range.isBlank())
                .map(range -> range.strip().split("-"))
                .forEach(range -> kept.set(parseInt(range[0]), parseInt(range[range.length - 1]) + 1));
        return kept.nextClearBit(ports.first()) > ports.last();
    }

    private String elements(Protocol protocol) {
        return Stream.concat(Stream.of(ports.toString()), portsOf(protocol).mapToObj(String::valueOf))
                .collect(Collectors.joining(", "));
    }

    private String echoes() {
        var identifiers = portsOf(Protocol.ICMP).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        return identifiers.isEmpty()
                ? ""
                : "    icmp type { echo-request, echo-reply } icmp id { %s } notrack accept%n".formatted(identifiers);
    }

    private Stream<String> ranges(Protocol protocol) {
        int last = Math.min(ports.last(), LAST_PORT_OF_RULE);
        var range = ports.first() == last ? String.valueOf(last) : ports.first() + "-" + last;
        return Stream.concat(
                Stream.of(range),
                portsOf(protocol).filter(port -> port <= LAST_PORT_OF_RULE).mapToObj(String::valueOf));
    }

    private IntStream portsOf(Protocol protocol) {
        return bound.stream()
                .filter(each -> each.protocol() == protocol)
                .mapToInt(Bound::port)
                .distinct()
                .sorted();
    }

    private static boolean isLocal(JsonNode rule) {
        return rule.path("table").asText().equals("local")
                && Stream.of("dst", "fwmark", "iif", "protocol").noneMatch(rule::has);
    }

    private static String text(JsonNode rule) {
        var text = new StringBuilder("to " + rule.path("dst").asText());
        if (rule.has("fwmark")) {
            text.append(" fwmark %s/%s"
                    .formatted(rule.path("fwmark").asText(), rule.path("fwmask").asText()));
        }
        append(text, " iif ", rule.path("iif").asText());
        append(text, " ipproto ", rule.path("ipproto").asText());
        append(text, " dport ", rule.path("dport").asText());
        append(text, " dport ", rule.path("dport_start").asText());
        append(text, "-", rule.path("dport_end").asText());
        append(text, " lookup ", rule.path("table").asText());
        append(text, " ", rule.path("action").asText());
        return text.toString();
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append(value.isEmpty() ? "" : name + value);
    }
}
