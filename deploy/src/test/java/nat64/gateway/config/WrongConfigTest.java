// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import nat64.gateway.config.file.ConfigException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wrong file has one mistake, and gets one message: place, key, what is wrong, how to mend it. */
class WrongConfigTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refuses(String name, String text, String start, String mending) {
        assertThatThrownBy(() -> ConfigFile.parse("f", text.replace("|", "\n")))
                .isInstanceOf(ConfigException.class)
                .message()
                .startsWith(start)
                .contains("; ")
                .contains(mending)
                .doesNotContain("\n");
    }

    static Stream<Arguments> refuses() {
        return Stream.of(yaml(), keys(), prefixes(), pool4(), translator(), dns64(), admin())
                .flatMap(part -> part);
    }

    private static Stream<Arguments> yaml() {
        return Stream.of(
                arguments("tabs", "translator:|\tmasquerade: true", "f:2: this is no YAML: ", "indent with spaces"),
                arguments(
                        "address that begins with a colon",
                        "clients: [::1]",
                        "f:1: this is no YAML: ",
                        "in quotes, such as"),
                arguments("open bracket", "pref64: [64:ff9b::/96", "f:1: this is no YAML: ", "open quote or bracket"),
                arguments("uneven indentation", "a:|  b: 1| c: 2", "f:3: this is no YAML: ", "uneven indentation"),
                arguments("control character", "role: \u0001", "f: this is no YAML: ", "look for"),
                arguments("two documents", "role: both|---|role: dns64", "f:2: this is no YAML: ", "look for"),
                arguments("no mapping", "hello", "f:1: must be keys and values", "`key: value`"),
                arguments("list at the top", "- role: both", "f:1: must be keys and values", "`key: value`"),
                arguments("mapping as key", "{a: 1}: 2", "f:1: a key must be a word", "in quotes"));
    }

    private static Stream<Arguments> keys() {
        return Stream.of(
                arguments("misspelt key", "|rol: both", "f:2: rol: unknown key", "did you mean role?"),
                arguments(
                        "camelCase",
                        "translator: {setUpHost: true}",
                        "f:1: translator.setUpHost: unknown key",
                        "translator.set-up-host?"),
                arguments(
                        "key of another section",
                        "masquerade: true",
                        "f:1: masquerade: unknown key",
                        "translator.masquerade?"),
                arguments(
                        "alien key",
                        "log: {colour: red}",
                        "f:1: log.colour: unknown key",
                        "the keys here are level, format"),
                arguments(
                        "alien key in pool4",
                        "translator:|  pool4:|    - prefix: 192.0.2.0/28|      owner: us",
                        "f:4: translator.pool4.owner: unknown key",
                        "the keys here are prefix, ports"),
                arguments("merge key", "log: {<<: {level: info}}", "f:1: log.<<: unknown key", "the keys here are"),
                arguments(
                        "duplicate key",
                        "role: both|log: {level: info}|role: dns64",
                        "f:3: role: stands there twice, first in line 1",
                        "delete one"),
                arguments(
                        "duplicate key inside",
                        "log:|  level: info|  level: warn",
                        "f:3: log.level: stands there twice, first in line 2",
                        "delete one"),
                arguments(
                        "scalar for a section",
                        "translator: both",
                        "f:1: translator: must be keys and values",
                        "`key: value`"),
                arguments("scalar for a list", "pref64: 64:ff9b::/96", "f:1: pref64: must be a list", "[64:ff9b::/96]"),
                arguments(
                        "list for a scalar",
                        "role: [both]",
                        "f:1: role: must be one value, not a list",
                        "write for example translator"),
                arguments(
                        "mapping in a list",
                        "clients: [2001:db8::]",
                        "f:1: clients: must be one value",
                        "put an IPv6 address in quotes"),
                arguments("no value", "role:", "f:1: role: has no value", "delete the key"),
                arguments(
                        "no boolean",
                        "translate-non-global: yes",
                        "f:1: translate-non-global: yes is neither true nor false",
                        "write true or false"),
                arguments("unknown role", "role: router", "f:1: role: router is not known", "translator, dns64, both"),
                arguments(
                        "unknown log level",
                        "log: {level: loud}",
                        "f:1: log.level: loud is not known",
                        "error, warn, info, debug, trace"));
    }

    private static Stream<Arguments> prefixes() {
        return Stream.of(
                arguments("bad prefix length", "|pref64: [\"2001:db8::/72\"]", "f:2: pref64: ", "64:ff9b::/96"),
                arguments("length beyond 128", "pref64: [\"2001:db8::/129\"]", "f:1: pref64: ", "from 0 to 128"),
                arguments(
                        "mapped Pref64",
                        "pref64:|  - 64:ff9b::/96|  - \"::ffff:0:0/96\"",
                        "f:3: pref64: ::ffff:0.0.0.0/96 is inside ::ffff:0:0/96",
                        "use 64:ff9b::/96"),
                arguments("IPv4 Pref64", "pref64: [192.0.2.0/24]", "f:1: pref64: not an IPv6 address", "64:ff9b::/96"),
                arguments("no Pref64", "pref64: []", "f:1: pref64: is empty", "delete the key"),
                arguments(
                        "overlapping Pref64s",
                        "pref64:|  - \"2001:db8::/32\"|  - \"2001:db8:1::/96\"",
                        "f:3: pref64: 2001:db8:1::/96 overlaps 2001:db8::/32 in line 2",
                        "delete one"),
                arguments(
                        "the same Pref64 twice",
                        "pref64: [64:ff9b::/96, 64:ff9b:0::/96]",
                        "f:1: pref64: stands there twice",
                        "delete one"),
                arguments("no client", "clients: []", "f:1: clients: is empty", "[auto]"),
                arguments(
                        "client with bits beyond",
                        "clients: [192.0.2.1/24]",
                        "f:1: clients: 192.0.2.1/24 has bits",
                        "write 192.0.2.0/24"),
                arguments(
                        "client in the default Pref64",
                        "clients: [\"64:ff9b::c000:200/120\"]",
                        "f:1: clients: 64:ff9b::c000:200/120 is inside the Pref64 64:ff9b::/96 by default",
                        "own addresses"),
                arguments(
                        "client in a Pref64",
                        "pref64: [\"2001:db8::/32\"]|clients: [\"2001:db8::/32\"]",
                        "f:2: clients: 2001:db8::/32 is inside the Pref64 2001:db8::/32 in line 1",
                        "own addresses"),
                arguments(
                        "mapped client",
                        "clients: [\"::ffff:192.0.2.0/120\"]",
                        "f:1: clients: ",
                        "write the IPv4 prefix itself"),
                arguments("client name", "clients: [office]", "f:1: clients: not an IPv4 address", "2001:db8::/32"),
                arguments(
                        "device inside the Pref64",
                        "|pref64: [64:ff9b:1::/48]|translator: {device: {translator-address: 2001:db8::1}}",
                        "f:2: pref64: 64:ff9b:1:ffff::1 (translator.device.address by default) is inside",
                        "set translator.device.address"));
    }

    private static Stream<Arguments> pool4() {
        return Stream.of(
                arguments(
                        "empty pool",
                        "translator:|  pool4: []",
                        "f:2: translator.pool4: is empty",
                        "list at least one"),
                arguments(
                        "overlapping pools",
                        "translator:|  pool4:|    - {prefix: 192.0.2.0/24}|    - {prefix: 192.0.2.128/25}",
                        "f:4: translator.pool4.prefix: 192.0.2.128/25 overlaps 192.0.2.0/24 in line 3",
                        "make them apart"),
                arguments(
                        "reversed port range",
                        "translator:|  pool4:|    - prefix: 192.0.2.0/28|      ports: 3000-2000",
                        "f:4: translator.pool4.ports: a port range runs from a lower",
                        "1024-65535"),
                arguments(
                        "port 0",
                        "translator: {pool4: [{prefix: 192.0.2.0/28, ports: 0-10}]}",
                        "f:1: translator.pool4.ports: ",
                        "1024-65535"),
                arguments(
                        "port 65536",
                        "translator: {pool4: [{prefix: 192.0.2.0/28, ports: 1-65536}]}",
                        "f:1: translator.pool4.ports: ",
                        "1024-65535"),
                arguments(
                        "ports no range",
                        "translator: {pool4: [{prefix: 192.0.2.0/28, ports: high}]}",
                        "f:1: translator.pool4.ports: high is no range",
                        "1024-65535"),
                arguments(
                        "pool without prefix",
                        "translator:|  pool4:|    - ports: 1-2",
                        "f:3: translator.pool4: has no prefix",
                        "prefix: 100.64.64.0/29"),
                arguments(
                        "pool of plain prefixes",
                        "translator: {pool4: [192.0.2.0/28]}",
                        "f:1: translator.pool4: must be keys and values",
                        "`key: value`"),
                arguments(
                        "IPv6 pool",
                        "translator: {pool4: [{prefix: \"2001:db8::/64\"}]}",
                        "f:1: translator.pool4.prefix: not an IPv4 address",
                        "100.64.64.0/29"),
                arguments(
                        "huge pool",
                        "translator: {pool4: [{prefix: 10.0.0.0/8}]}",
                        "f:1: translator.pool4.prefix: pool4 takes prefixes of /16",
                        "100.64.64.0/29"),
                arguments(
                        "loopback pool",
                        "translator: {pool4: [{prefix: 127.0.0.0/24}]}",
                        "f:1: translator.pool4.prefix: 127.0.0.0/24 is never routed",
                        "100.64.64.0/29"));
    }

    private static Stream<Arguments> translator() {
        return Stream.of(
                arguments(
                        "no session",
                        "translator: {max-sessions: 0}",
                        "f:1: translator.max-sessions: 0 is no whole number",
                        "write for example"),
                arguments(
                        "sessions with unit",
                        "translator: {max-sessions: 64Ki}",
                        "f:1: translator.max-sessions: 64Ki is no whole number",
                        "write for example"),
                arguments(
                        "no worker",
                        "translator: {workers: 0}",
                        "f:1: translator.workers: 0 is no whole number from 1 to 64, nor auto",
                        "write for example 1"),
                arguments(
                        "small MTU",
                        "translator: {lowest-ipv6-mtu: 1279}",
                        "f:1: translator.lowest-ipv6-mtu: 1279 is no whole number from 1280",
                        "1280"),
                arguments(
                        "static binding outside pool4",
                        "translator: {static-bindings: [{protocol: tcp, ipv6: '[2001:db8::5]:80', ipv4: '192.0.2.1:80'}]}",
                        "f:1: translator.static-bindings.ipv4: 192.0.2.1 is not in translator.pool4",
                        "100.64.64.0/29"),
                arguments(
                        "static binding twice",
                        "translator:|  static-bindings:|"
                                + "    - {protocol: tcp, ipv6: '[2001:db8::5]:80', ipv4: '100.64.64.1:80'}|"
                                + "    - {protocol: tcp, ipv6: '[2001:db8::6]:80', ipv4: '100.64.64.1:80'}",
                        "f:4: translator.static-bindings: binds an address that is bound in line 3 already",
                        "delete one"),
                arguments(
                        "static binding without port",
                        "translator: {static-bindings: [{protocol: tcp, ipv6: '2001:db8::5', ipv4: '100.64.64.1:80'}]}",
                        "f:1: translator.static-bindings.ipv6: 2001:db8::5 is no address with a port",
                        "[2001:db8::5]:80"),
                arguments(
                        "short fragment timeout",
                        "translator: {fragment-timeout: 1s}",
                        "f:1: translator.fragment-timeout: fragments are waited for between 2s",
                        "2s"),
                arguments(
                        "short UDP lifetime",
                        "translator:|  lifetimes:|    icmp: 2m|    udp: 30s",
                        "f:4: translator.lifetimes.udp: lifetime udp must be between 120s",
                        "5m"),
                arguments(
                        "short TCP lifetime",
                        "translator: {lifetimes: {tcp-established: 1h}}",
                        "f:1: translator.lifetimes.tcp-established: ",
                        "2h"),
                arguments(
                        "short transitory lifetime",
                        "translator: {lifetimes: {tcp-opening: 1s}}",
                        "f:1: translator.lifetimes.tcp-opening: ",
                        "4m"),
                arguments(
                        "short SYN lifetime",
                        "translator: {lifetimes: {tcp-incoming-syn: 5s}}",
                        "f:1: translator.lifetimes.tcp-incoming-syn: ",
                        "6s"),
                arguments(
                        "short ICMP lifetime",
                        "translator: {lifetimes: {icmp: 59s}}",
                        "f:1: translator.lifetimes.icmp: ",
                        "1m"),
                arguments(
                        "lifetime without unit",
                        "translator: {lifetimes: {udp: 300}}",
                        "f:1: translator.lifetimes.udp: 300 is no time",
                        "90s or 5m"),
                arguments(
                        "lifetime with bad unit",
                        "translator: {lifetimes: {udp: 5min}}",
                        "f:1: translator.lifetimes.udp: 5min is no time",
                        "90s or 5m"),
                arguments(
                        "long device name",
                        "translator: {device: {name: a-very-long-name}}",
                        "f:1: translator.device.name: a-very-long-name has 16 characters",
                        "nat64"),
                arguments(
                        "device name with slash",
                        "translator: {device: {name: a/b}}",
                        "f:1: translator.device.name: 'a/b' is no device name",
                        "use letters"),
                arguments(
                        "device name with dash",
                        "translator: {device: {name: -a}}",
                        "f:1: translator.device.name: '-a' is no device name",
                        "use letters"),
                arguments(
                        "device lo",
                        "translator: {device: {name: lo}}",
                        "f:1: translator.device.name: 'lo' is no device name",
                        "none of lo"),
                arguments(
                        "equal addresses",
                        "translator:|  device:|    translator-address: 64:ff9b:1:ffff::1",
                        "f:3: translator.device.translator-address: is the same as translator.device.address by default",
                        "one of its own"),
                arguments(
                        "link-local device address",
                        "translator: {device: {address: fe80::1}}",
                        "f:1: translator.device.address: fe80::1 is no address",
                        "64:ff9b:1:ffff::1"),
                arguments(
                        "multicast device address",
                        "translator: {device: {address: ff02::1}}",
                        "f:1: translator.device.address: ff02::1 is no address",
                        "64:ff9b:1:ffff::1"),
                arguments(
                        "device address in Pref64",
                        "translator:|  device: {address: 64:ff9b::1}",
                        "f:2: translator.device.address: 64:ff9b::1 (translator.device.address in line 2) is inside",
                        "outside"));
    }

    private static Stream<Arguments> dns64() {
        return Stream.of(
                arguments("listen on nothing", "dns64: {listen: []}", "f:1: dns64.listen: is empty", "[auto]"),
                arguments(
                        "cookie secrets in no folder",
                        "dns64: {cookie-secrets: secrets}",
                        "f:1: dns64.cookie-secrets: secrets does not say in which folder",
                        "write the path from / on"),
                arguments(
                        "negative rate",
                        "dns64: {udp-responses-per-second: -1}",
                        "f:1: dns64.udp-responses-per-second: -1 is no whole number from 0 to 1000000000",
                        "write for example 0"),
                arguments(
                        "certificate without key",
                        "dns64: {tls: {certificate: /etc/tls.crt}}",
                        "f:1: dns64.tls.certificate: is nothing without its key",
                        "set dns64.tls.key"),
                arguments(
                        "key without certificate",
                        "dns64: {tls: {key: /etc/tls.key}}",
                        "f:1: dns64.tls.key: is nothing without its certificate",
                        "set dns64.tls.certificate"),
                arguments(
                        "https without certificate",
                        "dns64: {tls: {https: [auto]}}",
                        "f:1: dns64.tls.https: needs a certificate",
                        "set dns64.tls.certificate and dns64.tls.key"),
                arguments(
                        "certificate in no folder",
                        "dns64: {tls: {certificate: tls.crt, key: /etc/tls.key}}",
                        "f:1: dns64.tls.certificate: tls.crt does not say in which folder",
                        "write the path from / on"),
                arguments(
                        "one socket for TLS and HTTPS",
                        "dns64:|  tls:|    certificate: /c|    key: /k|    listen: [192.0.2.1]|    https: [192.0.2.1:853]",
                        "f:6: dns64.tls.https: is where DNS over TLS is answered (in line 5)",
                        "another port"),
                arguments(
                        "address as name",
                        "dns64: {tls: {certificate: /c, key: /k, name: 192.0.2.1}}",
                        "f:1: dns64.tls.name: 192.0.2.1 is no name of a host",
                        "dns.example.org"),
                arguments(
                        "path with a question mark",
                        "dns64: {tls: {certificate: /c, key: /k, path: \"/dns?x\"}}",
                        "f:1: dns64.tls.path: /dns?x is no path of a URL",
                        "/dns-query"),
                arguments(
                        "listen on a name",
                        "dns64: {listen: [localhost]}",
                        "f:1: dns64.listen: not an IPv4 address",
                        "192.0.2.1"),
                arguments(
                        "listen on port 0",
                        "dns64: {listen: [192.0.2.1:0]}",
                        "f:1: dns64.listen: 0 is no whole number from 1 to 65535",
                        "192.0.2.1"),
                arguments("open bracket", "dns64: {listen: [\"[2001:db8::1\"]}", "f:1: dns64.listen: ", "192.0.2.1"),
                arguments(
                        "mapped listen",
                        "dns64: {listen: [\"::ffff:192.0.2.1\"]}",
                        "f:1: dns64.listen: ",
                        "write the IPv4 address itself"),
                arguments(
                        "multicast listen",
                        "dns64: {listen: [224.0.0.251]}",
                        "f:1: dns64.listen: 224.0.0.251 is a multicast",
                        "192.0.2.1"),
                arguments(
                        "listen inside pool4",
                        "dns64:|  listen: [100.64.64.1]",
                        "f:2: dns64.listen: 100.64.64.1 is inside the pool4 prefix 100.64.64.0/29 by default",
                        "outside"),
                arguments(
                        "upstream inside the Pref64",
                        "dns64: {upstreams: [\"64:ff9b::808:808\"]}",
                        "f:1: dns64.upstreams: 64:ff9b::808:808 is inside the Pref64",
                        "outside"),
                arguments(
                        "upstream whose AD bit could be forged",
                        "dns64: {upstreams: [192.0.2.1], dnssec: {mode: trust-upstream-ad}}",
                        "f:1: dns64.upstreams: 192.0.2.1:53 is asked without TLS",
                        "write tls://"),
                arguments(
                        "upstream of a zone whose AD bit could be forged",
                        "dns64: {upstreams: [127.0.0.1], forward: {example.org: [192.0.2.1]},"
                                + " dnssec: {mode: trust-upstream-ad}}",
                        "f:1: dns64.forward.example.org: 192.0.2.1:53 is asked without TLS",
                        "local"),
                arguments(
                        "trust anchor of another type",
                        "dns64: {dnssec: {mode: local, trust-anchors: [\"example.org. A 192.0.2.1\"]}}",
                        "f:1: dns64.dnssec.trust-anchors: is neither one DS nor one DNSKEY",
                        "DS"),
                arguments(
                        "trust anchor of an unknown digest",
                        "dns64: {dnssec: {mode: local, trust-anchors: [\"example.org. DS 1 13 9 00\"]}}",
                        "f:1: dns64.dnssec.trust-anchors: digests of type 9 can't be checked",
                        "DS"),
                arguments(
                        "negative trust anchor for everything",
                        "dns64: {dnssec: {mode: local, negative-trust-anchors: [.]}}",
                        "f:1: dns64.dnssec.negative-trust-anchors: below the root is everything",
                        "off"),
                arguments(
                        "upstream wildcard",
                        "dns64: {upstreams: [0.0.0.0]}",
                        "f:1: dns64.upstreams: an upstream needs an address",
                        "192.0.2.1"),
                arguments(
                        "upstream behind a wildcard of our own",
                        "dns64: {listen: [\"::\"], upstreams: [127.0.0.1]}",
                        "f:1: dns64.upstreams: is where dns64 itself listens",
                        "another resolver"),
                arguments(
                        "letter case that is neither on nor off",
                        "dns64: {randomize-case: random}",
                        "f:1: dns64.randomize-case: ",
                        "true"),
                arguments(
                        "name of the NAT64 with a blank",
                        "dns64: {nat64-name: nat64 example}",
                        "f:1: dns64.nat64-name: nat64 example is no name of a host",
                        "dns.example.org"),
                arguments(
                        "canary that is neither on nor off",
                        "dns64: {browser-canary: sometimes}",
                        "f:1: dns64.browser-canary: ",
                        "true"),
                arguments(
                        "upstream by name",
                        "dns64: {upstreams: [\"tls://dns.example\"]}",
                        "f:1: dns64.upstreams: dns.example is a name",
                        "tls://192.0.2.1#dns.example"),
                arguments(
                        "upstream over an unknown protocol",
                        "dns64: {upstreams: [\"quic://192.0.2.1\"]}",
                        "f:1: dns64.upstreams: quic://192.0.2.1 is no upstream",
                        "tls://ADDRESS#NAME"),
                arguments(
                        "https upstream without path",
                        "dns64: {upstreams: [\"https://192.0.2.1#dns.example\"]}",
                        "f:1: dns64.upstreams: https://192.0.2.1#dns.example has no path",
                        "/dns-query"),
                arguments(
                        "tls upstream with path",
                        "dns64: {upstreams: [\"tls://192.0.2.1/dns-query\"]}",
                        "f:1: dns64.upstreams: tls://192.0.2.1/dns-query has a path",
                        "tls://192.0.2.1#dns.example"),
                arguments(
                        "certificate name with a blank",
                        "dns64: {upstreams: [\"tls://192.0.2.1#dns example\"]}",
                        "f:1: dns64.upstreams: 'dns example' is no host name",
                        "#dns.example"),
                arguments(
                        "unknown policy",
                        "dns64: {upstream-policy: random}",
                        "f:1: dns64.upstream-policy: random is not known",
                        "sequential, round-robin, fastest"),
                arguments(
                        "authorities that are not there",
                        "dns64: {upstream-authorities: /nonexistent.pem}",
                        "f:1: dns64.upstream-authorities: cannot read /nonexistent.pem",
                        "write system"),
                arguments(
                        "authorities that are none",
                        "dns64: {upstream-authorities: pom.xml}",
                        "f:1: dns64.upstream-authorities: pom.xml holds no certificate",
                        "write system"),
                arguments(
                        "zone that is no name",
                        "dns64:|  forward:|    corp..example: [192.0.2.1]",
                        "f:3: dns64.forward.corp..example: corp..example is no domain name",
                        "corp.example"),
                arguments(
                        "zone without upstreams",
                        "dns64:|  forward:|    corp.example: []",
                        "f:3: dns64.forward.corp.example: is empty",
                        "list at least one"),
                arguments(
                        "zone with one upstream that is no list",
                        "dns64:|  forward:|    corp.example: 192.0.2.1",
                        "f:3: dns64.forward.corp.example: must be a list",
                        "brackets"),
                arguments(
                        "zone with what the host says",
                        "dns64:|  forward:|    corp.example: [auto]",
                        "f:3: dns64.forward.corp.example: not an IPv4 address",
                        "192.0.2.1"),
                arguments(
                        "zone that comes back",
                        "dns64:|  listen: [192.0.2.1]|  forward:|    corp.example: [192.0.2.1]",
                        "f:4: dns64.forward.corp.example: is where dns64 itself listens (in line 2)",
                        "another resolver"),
                arguments(
                        "upstream is oneself",
                        "dns64:|  listen: [192.0.2.1]|  upstreams: [192.0.2.1]",
                        "f:3: dns64.upstreams: is where dns64 itself listens (in line 2)",
                        "another resolver"),
                arguments(
                        "IPv4 exclusion",
                        "dns64: {exclude: [192.0.2.0/24]}",
                        "f:1: dns64.exclude: not an IPv6 address",
                        "2001:db8::/32"),
                arguments(
                        "timeout too long",
                        "dns64: {upstream-timeout: 1h}",
                        "f:1: dns64.upstream-timeout: a timeout is between",
                        "1s"),
                arguments(
                        "cache with decimal unit",
                        "dns64: {cache-size: 16MB}",
                        "f:1: dns64.cache-size: 16MB is no size",
                        "64Mi"),
                arguments(
                        "cache without unit",
                        "dns64: {cache-size: 1000}",
                        "f:1: dns64.cache-size: 1000 is no size",
                        "64Mi"),
                arguments(
                        "more threads than any machine can use",
                        "dns64: {threads: 1025}",
                        "f:1: dns64.threads: 1025 is no whole number from 0 to 1024",
                        "0"));
    }

    private static Stream<Arguments> admin() {
        return Stream.of(
                arguments(
                        "remote admin",
                        "admin:|  listen: 0.0.0.0:6464",
                        "f:2: admin.listen: other hosts could read it",
                        "admin.allow-remote: true"),
                arguments(
                        "admin inside pool4",
                        "admin: {listen: 100.64.64.2:80, allow-remote: true}",
                        "f:1: admin.listen: 100.64.64.2 is inside the pool4",
                        "outside"),
                arguments(
                        "lameduck too long",
                        "admin: {lameduck: 2m}",
                        "f:1: admin.lameduck: the end can be put off by 1m at most",
                        "write 5s"),
                arguments(
                        "admin port too high",
                        "admin: {listen: 127.0.0.1:70000}",
                        "f:1: admin.listen: 70000 is no whole number",
                        "127.0.0.1:6464"));
    }
}
