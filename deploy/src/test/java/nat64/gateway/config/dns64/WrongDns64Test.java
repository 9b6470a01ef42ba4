// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import nat64.gateway.config.WrongConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each wrong file has one mistake, and gets one message: place, key, what is wrong, and a remedy. */
class WrongDns64Test {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            listen on nothing | dns64: {listen: []} | f:1: dns64.listen: is empty | [auto]
            cookie secrets with a relative path | dns64: {cookie-secrets: secrets} \
              | f:1: dns64.cookie-secrets: secrets is not an absolute path | write the path from / on
            negative rate | dns64: {udp-responses-per-second: -1} \
              | f:1: dns64.udp-responses-per-second: -1 is not an integer between 0 and 1000000000 \
              | write for example 0
            certificate without key | dns64: {tls: {certificate: /etc/tls.crt}} \
              | f:1: dns64.tls.certificate: needs its key | set dns64.tls.key
            key without certificate | dns64: {tls: {key: /etc/tls.key}} | f:1: dns64.tls.key: needs its certificate \
              | set dns64.tls.certificate
            https without certificate | dns64: {tls: {https: [auto]}} | f:1: dns64.tls.https: needs a certificate \
              | set dns64.tls.certificate and dns64.tls.key
            certificate with a relative path | dns64: {tls: {certificate: tls.crt, key: /etc/tls.key}} \
              | f:1: dns64.tls.certificate: tls.crt is not an absolute path | write the path from / on
            one socket for TLS and HTTPS \
              | dns64:\\n  tls:\\n    certificate: /c\\n    key: /k\\n    listen: [192.0.2.1]\\n    https: \
              [192.0.2.1:853] | f:6: dns64.tls.https: is where DNS over TLS is answered (in line 5) | another port
            address as name | dns64: {tls: {certificate: /c, key: /k, name: 192.0.2.1}} \
              | f:1: dns64.tls.name: 192.0.2.1 is not the name of a host | dns.example.org
            path with a question mark | dns64: {tls: {certificate: /c, key: /k, path: "/dns?x"}} \
              | f:1: dns64.tls.path: /dns?x is not the path of a URL | /dns-query
            listen on a name | dns64: {listen: [localhost]} | f:1: dns64.listen: not an IPv4 address | 192.0.2.1
            listen on port 0 | dns64: {listen: [192.0.2.1:0]} \
              | f:1: dns64.listen: 0 is not an integer between 1 and 65535 | 192.0.2.1
            open bracket | dns64: {listen: ["[2001:db8::1"]} | f:1: dns64.listen:  | 192.0.2.1
            mapped listen | dns64: {listen: ["::ffff:192.0.2.1"]} | f:1: dns64.listen:  | write the IPv4 address itself
            multicast listen | dns64: {listen: [224.0.0.251]} | f:1: dns64.listen: 224.0.0.251 is a multicast \
              | 192.0.2.1
            listen inside pool4 | dns64:\\n  listen: [100.64.64.1] \
              | f:2: dns64.listen: 100.64.64.1 is inside the pool4 prefix 100.64.64.0/29 by default | outside
            name of the NAT64 with a blank | dns64: {nat64-name: nat64 example} \
              | f:1: dns64.nat64-name: nat64 example is not the name of a host | dns.example.org
            canary that is neither on nor off | dns64: {browser-canary: sometimes} | f:1: dns64.browser-canary:  | true
            IPv4 exclusion | dns64: {exclude: [192.0.2.0/24]} | f:1: dns64.exclude: not an IPv6 address | 2001:db8::/32
            cache with decimal unit | dns64: {cache-size: 16MB} | f:1: dns64.cache-size: 16MB is not a size | 64Mi
            cache without unit | dns64: {cache-size: 1000} | f:1: dns64.cache-size: 1000 is not a size | 64Mi
            more threads than any machine can use | dns64: {threads: 1025} \
              | f:1: dns64.threads: 1025 is not an integer between 0 and 1024 | 0
            """)
    void refuses(String name, String text, String start, String remedy) {
        WrongConfig.assertRefused(text, start, remedy);
    }
}
