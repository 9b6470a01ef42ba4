// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each wrong file has one mistake, and gets one message: place, key, what is wrong, and a remedy. */
class WrongGatewayTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            bad prefix length | \\npref64: ["2001:db8::/72"] | f:2: pref64:  | 64:ff9b::/96
            length beyond 128 | pref64: ["2001:db8::/129"] | f:1: pref64:  | from 0 to 128
            mapped Pref64 | pref64:\\n  - 64:ff9b::/96\\n  - "::ffff:0:0/96" \
              | f:3: pref64: ::ffff:0.0.0.0/96 is inside ::ffff:0:0/96 | use 64:ff9b::/96
            IPv4 Pref64 | pref64: [192.0.2.0/24] | f:1: pref64: not an IPv6 address | 64:ff9b::/96
            no Pref64 | pref64: [] | f:1: pref64: is empty | remove the key
            overlapping Pref64s | pref64:\\n  - "2001:db8::/32"\\n  - "2001:db8:1::/96" \
              | f:3: pref64: 2001:db8:1::/96 overlaps 2001:db8::/32 in line 2 | remove one
            the same Pref64 twice | pref64: [64:ff9b::/96, 64:ff9b:0::/96] | f:1: pref64: duplicate value, first given \
              | remove one
            no client | clients: [] | f:1: clients: is empty | [auto]
            client with bits beyond | clients: [192.0.2.1/24] | f:1: clients: 192.0.2.1/24 has bits | write 192.0.2.0/24
            client in the default Pref64 | clients: ["64:ff9b::c000:200/120"] \
              | f:1: clients: 64:ff9b::c000:200/120 is inside the Pref64 64:ff9b::/96 by default | own addresses
            client in a Pref64 | pref64: ["2001:db8::/32"]\\nclients: ["2001:db8::/32"] \
              | f:2: clients: 2001:db8::/32 is inside the Pref64 2001:db8::/32 in line 1 | own addresses
            mapped client | clients: ["::ffff:192.0.2.0/120"] | f:1: clients:  | write the IPv4 prefix itself
            client name | clients: [office] | f:1: clients: not an IPv4 address | 2001:db8::/32
            device inside the Pref64 \
              | \\npref64: [64:ff9b:1::/48]\\ntranslator: {device: {translator-address: 2001:db8::1}} \
              | f:2: pref64: 64:ff9b:1:ffff::1 (translator.device.address by default) is inside \
              | set translator.device.address
            """)
    void refusesWrongPrefixes(String name, String text, String start, String remedy) {
        WrongConfig.assertRefused(text, start, remedy);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            remote admin | admin:\\n  listen: 0.0.0.0:6464 | f:2: admin.listen: other hosts could read it \
              | admin.allow-remote: true
            admin inside pool4 | admin: {listen: 100.64.64.2:80, allow-remote: true} \
              | f:1: admin.listen: 100.64.64.2 is inside the pool4 | outside
            lameduck too long | admin: {lameduck: 2m} | f:1: admin.lameduck: the end can be delayed by 1m at most \
              | write 5s
            group of the socket | admin: {socket-group: "net ops"} | f:1: admin.socket-group: net ops is not the name \
              | netops
            mode of the socket | admin: {socket-mode: 0777} | f:1: admin.socket-mode: 0777 is not a mode for a socket \
              | "0660"
            admin certificate without key | admin: {tls: {certificate: /c}} \
              | f:1: admin.tls.certificate: needs its key | admin.tls.key
            admin token without TLS | admin: {tls: {token-file: /t}} \
              | f:1: admin.tls.token-file: needs a certificate | admin.tls.certificate
            remote admin over TLS | admin: {tls: {certificate: /c, key: /k, listen: "[::]:6466"}} \
              | f:1: admin.tls.listen: other hosts could read it | admin.allow-remote: true
            admin port of TLS | admin: {tls: {certificate: /c, key: /k, listen: 127.0.0.1:6464}} \
              | f:1: admin.tls.listen: is the address of admin.listen | another port
            admin port too high | admin: {listen: 127.0.0.1:70000} | f:1: admin.listen: 70000 is not an integer \
              | 127.0.0.1:6464
            """)
    void refusesWrongAdmin(String name, String text, String start, String remedy) {
        WrongConfig.assertRefused(text, start, remedy);
    }
}
