// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.upstream;

import nat64.gateway.config.WrongConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each wrong file has one mistake, and gets one message: place, key, what is wrong, and a remedy. */
class WrongUpstreamsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            upstream inside the Pref64 | dns64: {upstreams: ["64:ff9b::808:808"]} \
              | f:1: dns64.upstreams: 64:ff9b::808:808 is inside the Pref64 | outside
            upstream whose AD bit could be forged \
              | dns64: {upstreams: [192.0.2.1], dnssec: {mode: trust-upstream-ad}} \
              | f:1: dns64.upstreams: 192.0.2.1:53 is asked without TLS | write tls://
            upstream of a zone whose AD bit could be forged \
              | dns64: {upstreams: [127.0.0.1], forward: {example.org: [192.0.2.1]}, dnssec: {mode: \
              trust-upstream-ad}} | f:1: dns64.forward.example.org: 192.0.2.1:53 is asked without TLS | local
            trust anchor of another type \
              | dns64: {dnssec: {mode: local, trust-anchors: ["example.org. A 192.0.2.1"]}} \
              | f:1: dns64.dnssec.trust-anchors: is neither one DS nor one DNSKEY | DS
            trust anchor of an unknown digest \
              | dns64: {dnssec: {mode: local, trust-anchors: ["example.org. DS 1 13 9 00"]}} \
              | f:1: dns64.dnssec.trust-anchors: digests of type 9 cannot be verified | DS
            negative trust anchor for everything | dns64: {dnssec: {mode: local, negative-trust-anchors: [.]}} \
              | f:1: dns64.dnssec.negative-trust-anchors: every name is below the root | off
            upstream wildcard | dns64: {upstreams: [0.0.0.0]} | f:1: dns64.upstreams: an upstream needs an address \
              | 192.0.2.1
            upstream behind a wildcard of our own | dns64: {listen: ["::"], upstreams: [127.0.0.1]} \
              | f:1: dns64.upstreams: is where dns64 itself listens | another resolver
            letter case that is neither on nor off | dns64: {randomize-case: random} | f:1: dns64.randomize-case:  \
              | true
            upstream by name | dns64: {upstreams: ["tls://dns.example"]} \
              | f:1: dns64.upstreams: dns.example is a name | tls://192.0.2.1#dns.example
            upstream over an unknown protocol | dns64: {upstreams: ["quic://192.0.2.1"]} \
              | f:1: dns64.upstreams: quic://192.0.2.1 is not an upstream | tls://ADDRESS#NAME
            https upstream without path | dns64: {upstreams: ["https://192.0.2.1#dns.example"]} \
              | f:1: dns64.upstreams: https://192.0.2.1#dns.example has no path | /dns-query
            tls upstream with path | dns64: {upstreams: ["tls://192.0.2.1/dns-query"]} \
              | f:1: dns64.upstreams: tls://192.0.2.1/dns-query has a path | tls://192.0.2.1#dns.example
            certificate name with a blank | dns64: {upstreams: ["tls://192.0.2.1#dns example"]} \
              | f:1: dns64.upstreams: 'dns example' is not a host name | #dns.example
            unknown policy | dns64: {upstream-policy: random} | f:1: dns64.upstream-policy: random is not known \
              | sequential, round-robin, fastest
            authorities that are not there | dns64: {upstream-authorities: /nonexistent.pem} \
              | f:1: dns64.upstream-authorities: cannot read /nonexistent.pem | write system
            authorities that are none | dns64: {upstream-authorities: pom.xml} \
              | f:1: dns64.upstream-authorities: pom.xml contains no certificate | write system
            zone that is no name | dns64:\\n  forward:\\n    corp..example: [192.0.2.1] \
              | f:3: dns64.forward.corp..example: 'corp..example' is not a domain name | corp.example
            zone without upstreams | dns64:\\n  forward:\\n    corp.example: [] \
              | f:3: dns64.forward.corp.example: is empty | list at least one
            zone with one upstream that is no list | dns64:\\n  forward:\\n    corp.example: 192.0.2.1 \
              | f:3: dns64.forward.corp.example: must be a list | brackets
            zone with what the host says | dns64:\\n  forward:\\n    corp.example: [auto] \
              | f:3: dns64.forward.corp.example: not an IPv4 address | 192.0.2.1
            zone that comes back | dns64:\\n  listen: [192.0.2.1]\\n  forward:\\n    corp.example: [192.0.2.1] \
              | f:4: dns64.forward.corp.example: is where dns64 itself listens (in line 2) | another resolver
            upstream is oneself | dns64:\\n  listen: [192.0.2.1]\\n  upstreams: [192.0.2.1] \
              | f:3: dns64.upstreams: is where dns64 itself listens (in line 2) | another resolver
            tcp upstream with a name | dns64: {upstreams: ["tcp://192.0.2.1#dns.example"]} \
              | f:1: dns64.upstreams: tcp://192.0.2.1#dns.example has a path or a name | tcp://192.0.2.1
            link-local upstream without interface | dns64: {upstreams: ["fe80::1"]} \
              | f:1: dns64.upstreams: fe80::1 is link-local, so it needs an interface | fe80::1%eth0
            upstream on an interface that is not there | dns64: {upstreams: ["fe80::1%nosuch0"]} \
              | f:1: dns64.upstreams: this host has no interface nosuch0 | ip link
            interface of an address that has none | dns64: {upstreams: ["2001:db8::1%lo"]} \
              | f:1: dns64.upstreams: 2001:db8::1%lo is not link-local | leave out
            uncached zone that is not forwarded | dns64: {uncached: [corp.example]} \
              | f:1: dns64.uncached: corp.example. is not a zone of dns64.forward | add it there
            unknown cut | dns64: {nxdomain-cut: some} | f:1: dns64.nxdomain-cut: some is not known | all, secure, off
            timeout too long | dns64: {upstream-timeout: 1h} | f:1: dns64.upstream-timeout: a timeout is between | 1s
            """)
    void refuses(String name, String text, String start, String remedy) {
        WrongConfig.assertRefused(text, start, remedy);
    }
}
