// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.ItemsKey;
import nat64.gateway.config.file.Key;
import nat64.gateway.config.file.ListKey;
import nat64.gateway.config.file.MapKey;
import nat64.gateway.config.file.ValueKey;

/**
 * For each key two files that differ in the value of this key only. A new key needs nothing here unless its value
 * depends on others.
 */
final class OtherValues {

    private static final String CERTIFICATE = "dns64: {tls: {certificate: /c, key: /k";
    private static final String ADMIN_TLS = "admin: {tls: {certificate: /c, key: /k";
    private static final String SIIT =
            "translator: {mode: siit, stateless: {eam: [{ipv4: 192.0.2.1, ipv6: '2001:db8::1'}]";
    private static final String INTERFACES = "ipv6-interface: eth0, ipv4-interface: eth1";
    private static final String CLAT = "role: translator\ntranslator: {mode: clat, clat: {ipv6: '2001:db8:1::1'";

    /** Values that mean something only together with others, or that the examples of their format do not fit. */
    private static final Map<String, Files> SPECIAL = Map.ofEntries(
            Map.entry("translator.port-blocks.size", new Files("", "translator: {port-blocks: {size: 512}}")),
            Map.entry(
                    "translator.port-blocks.max",
                    new Files(
                            "translator: {port-blocks: {size: 512}}",
                            "translator: {port-blocks: {size: 512, max: 2}}")),
            Map.entry("pref64", new Files("", "pref64: [2001:db8:64::/96]")),
            Map.entry("dns64.pref64", new Files("pref64: [2001:db8::/96, 2001:db8:1::/96]", """
                    pref64: [2001:db8::/96, 2001:db8:1::/96]
                    dns64: {pref64: [2001:db8::/96]}""")),
            Map.entry("dns64.listen", new Files("", "dns64: {listen: [192.0.2.1]}")),
            Map.entry("dns64.upstreams", new Files("", "dns64: {upstreams: [192.0.2.1]}")),
            Map.entry("dns64.forward", new Files("", "dns64: {forward: {corp.example: [192.0.2.1]}}")),
            Map.entry("dns64.uncached", new Files("dns64: {forward: {corp.example: [192.0.2.1]}}", """
                    dns64: {forward: {corp.example: [192.0.2.1]}, uncached: [corp.example]}""")),
            Map.entry(
                    "dns64.upstream-authorities",
                    new Files(
                            "",
                            "dns64: {upstream-authorities: src/test/resources/nat64/gateway/config/authorities.pem}")),
            Map.entry("dns64.prefix-health", new Files("", """
                    dns64: {prefix-health: [{pref64: 64:ff9b::/96, targets: [192.0.2.1:53]}]}""")),
            Map.entry(
                    "dns64.tls.certificate", new Files(CERTIFICATE + "}}", "dns64: {tls: {certificate: /d, key: /k}}")),
            Map.entry("dns64.tls.key", new Files(CERTIFICATE + "}}", "dns64: {tls: {certificate: /c, key: /l}}")),
            Map.entry("dns64.tls.listen", new Files(CERTIFICATE + "}}", CERTIFICATE + ", listen: []}}")),
            Map.entry("dns64.tls.https", new Files(CERTIFICATE + "}}", CERTIFICATE + ", https: [auto]}}")),
            Map.entry("dns64.tls.path", new Files(CERTIFICATE + "}}", CERTIFICATE + ", path: /dns}}")),
            Map.entry("dns64.tls.name", new Files(CERTIFICATE + "}}", CERTIFICATE + ", name: dns.example.org}}")),
            Map.entry("admin.tls.certificate", new Files(ADMIN_TLS + "}}", ADMIN_TLS.replace("/c", "/d") + "}}")),
            Map.entry("admin.tls.key", new Files(ADMIN_TLS + "}}", ADMIN_TLS.replace("/k", "/l") + "}}")),
            Map.entry("admin.tls.listen", new Files(ADMIN_TLS + "}}", ADMIN_TLS + ", listen: '127.0.0.1:7000'}}")),
            Map.entry("admin.tls.token-file", new Files(ADMIN_TLS + "}}", ADMIN_TLS + ", token-file: /t}}")),
            Map.entry("dns64.dnssec.mode", new Files("", "dns64: {dnssec: {mode: local}}")),
            Map.entry(
                    "dns64.dnssec.trust-anchors",
                    new Files(
                            "",
                            "dns64: {dnssec: {trust-anchors: ['example.org. DS 1 13 2 " + "01".repeat(32) + "']}}")),
            Map.entry("translator.device.type", new Files("translator: {device: {" + INTERFACES + "}}", """
                    translator: {device: {type: pcap, %s}}""".formatted(
                            INTERFACES))),
            Map.entry(
                    "translator.binding-log.syslog.authorities",
                    new Files(
                            "",
                            "translator: {binding-log: {syslog: {authorities: "
                                    + "src/test/resources/nat64/gateway/config/authorities.pem}}}")),
            Map.entry("translator.mode", new Files(SIIT + "}}", SIIT.replace("mode: siit, ", "") + "}}")),
            Map.entry("translator.static-bindings", new Files("", """
                    translator:
                      static-bindings: [{protocol: tcp, ipv6: "[2001:db8::5]:80", ipv4: "100.64.64.1:80"}]""")),
            Map.entry(
                    "translator.stateless.eam", new Files(SIIT + "}}", SIIT.replace("192.0.2.1", "192.0.2.2") + "}}")),
            Map.entry(
                    "translator.stateless.ipv6-hosts",
                    new Files(SIIT + "}}", SIIT + ", ipv6-hosts: ['64:ff9b::c000:200/120']}}")),
            Map.entry(
                    "translator.stateless.icmp-sources",
                    new Files(SIIT + "}}", SIIT + ", icmp-sources: [192.0.2.9]}}")),
            Map.entry(
                    "translator.stateless.translator-ipv4",
                    new Files(SIIT + "}}", SIIT + ", translator-ipv4: 192.0.2.9}}")),
            Map.entry(
                    "translator.stateless.interface-information",
                    new Files(SIIT + "}}", SIIT + ", interface-information: false}}")),
            Map.entry("translator.stateless.hairpinning", new Files(SIIT + "}}", SIIT + ", hairpinning: simple}}")),
            Map.entry(
                    "translator.stateless.udp-without-checksum",
                    new Files(SIIT + "}}", SIIT + ", udp-without-checksum: compute}}")),
            Map.entry("translator.clat.ipv4", new Files(CLAT + "}}", CLAT + ", ipv4: 192.0.0.2}}")),
            Map.entry("translator.clat.ipv6", new Files(CLAT + "}}", CLAT.replace("1::1", "1::2") + "}}")));

    private OtherValues() {}

    /** Texts of two configuration files. */
    record Files(String before, String after) {}

    static Files of(Key key) {
        var special = SPECIAL.get(key.path());
        return special != null ? special : new Files("", nested(key.path(), other(key)));
    }

    static Set<String> special() {
        return SPECIAL.keySet();
    }

    private static String other(Key key) {
        return switch (key) {
            case ValueKey<?> value -> other(value.format(), key.byDefault());
            case ListKey<?> list -> "[" + other(list.format(), inner(key.byDefault())) + "]";
            case ItemsKey items -> items.hasWord() ? "[{prefix: 192.0.2.0/28}]" : items.example();
            case MapKey<?, ?> _ -> "{}";
        };
    }

    private static String other(Format<?> format, String value) {
        return format.examples().stream()
                .filter(example -> !format.parse(example).equals(parsedOrNothing(format, value)))
                .findFirst()
                .map(example -> example.startsWith("\"") ? example : "\"" + example + "\"")
                .orElseThrow(() -> new AssertionError("the format needs an example other than " + value));
    }

    private static Object parsedOrNothing(Format<?> format, String value) {
        try {
            return format.parse(value);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The first value of a list. */
    private static String inner(String list) {
        return list.substring(1, list.length() - 1).split(",", -1)[0].replace("\"", "");
    }

    /** {@code a.b} and a value are {@code {a: {b: value}}}. */
    private static String nested(String path, String value) {
        var names = Arrays.asList(path.split("\\."));
        return names.reversed().stream().reduce(value, (inside, name) -> "{" + name + ": " + inside + "}");
    }
}
