// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.view;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nat64.gateway.config.WrongConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each wrong file has one mistake, and gets one message: place, key, what is wrong, and a remedy. */
class WrongViewsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            prefix that is not translated | dns64:\\n  pref64: [2001:db8:65::/96] \
              | f:2: dns64.pref64: 2001:db8:65::/96 is not one of the prefixes that this gateway translates \
              | add it to pref64
            prefix of a view that is not translated \
              | dns64:\\n  views:\\n    - name: a\\n      clients: [10.0.0.0/8]\\n      pref64: [2001:db8:65::/96] \
              | f:5: dns64.views.pref64: 2001:db8:65::/96 is not one of the prefixes | add it to pref64
            prefix of a range that is not translated \
              | dns64:\\n  ipv4-ranges:\\n    - {ipv4: 10.0.0.0/8, pref64: 2001:db8:65::/96} \
              | f:3: dns64.ipv4-ranges: 2001:db8:65::/96 is not one of the prefixes | add it to pref64
            length that RFC 6052 does not know | dns64: {pref64: [2001:db8:64::/72]} | f:1: dns64.pref64:  \
              | 64:ff9b::/96
            unknown cause | dns64: {synthesize-on: [servfail]} | f:1: dns64.synthesize-on: servfail is not known \
              | nodata, error, timeout
            no cause | dns64: {synthesize-on: []} | f:1: dns64.synthesize-on: is empty | at least one
            unknown policy | dns64: {pref64-policy: random} | f:1: dns64.pref64-policy: random is not known \
              | all, first-healthy, hash
            unknown mode | dns64:\\n  domains:\\n    - {name: example.org, mode: always} \
              | f:3: dns64.domains.mode: always is not known | synthesize, force, never, filter
            domain without mode | dns64:\\n  domains:\\n    - name: example.org | f:3: dns64.domains: has no mode \
              | mode: synthesize
            no domain | dns64:\\n  domains:\\n    - {name: a..b, mode: never} \
              | f:3: dns64.domains.name: 'a..b' is not a domain name | example.org
            domain twice \
              | dns64:\\n  domains:\\n    - {name: a.org, mode: never}\\n    - {name: A.org., mode: force} \
              | f:4: dns64.domains: a.org is a duplicate, first given in line 3 | remove one
            range twice \
              | dns64:\\n  ipv4-ranges:\\n    - {ipv4: 10.0.0.0/8, pref64: none}\\n    - {ipv4: 10.0.0.0/8, pref64: \
              none} | f:4: dns64.ipv4-ranges: 10.0.0.0/8 is a duplicate, first given in line 3 | remove one
            private range in the Well-Known Prefix \
              | dns64:\\n  ipv4-ranges:\\n    - {ipv4: 10.0.0.0/8, pref64: 64:ff9b::/96} \
              | f:3: dns64.ipv4-ranges.pref64: 10.0.0.0/8 is not global | 64:ff9b:1:fffe::/96
            range that is never routed \
              | pref64: [2001:db8:64::/96]\\ndns64:\\n  ipv4-ranges:\\n    - {ipv4: 127.0.0.0/8, pref64: \
              2001:db8:64::/96} | f:4: dns64.ipv4-ranges.pref64: 127.0.0.0/8 is never routed | write none
            view without name | dns64:\\n  views:\\n    - clients: [10.0.0.0/8] | f:3: dns64.views: has no name \
              | name: site-a
            view without clients | dns64:\\n  views:\\n    - name: a | f:3: dns64.views: has no clients | clients: [
            view of attached networks | dns64:\\n  views:\\n    - {name: a, clients: [auto]} \
              | f:3: dns64.views.clients: auto does not tell clients apart | 2001:db8:1::/48
            view with the name of all other clients \
              | dns64:\\n  views:\\n    - {name: default, clients: [10.0.0.0/8]} \
              | f:3: dns64.views.name: 'default' is not a name for a view | letters
            two views with one name \
              | dns64:\\n  views:\\n    - {name: a, clients: [10.0.0.0/8]}\\n    - {name: a, clients: [11.0.0.0/8]} \
              | f:4: dns64.views: the name a is a duplicate, first given in line 3 | give each view its own
            two views with one client \
              | dns64:\\n  views:\\n    - {name: a, clients: [10.0.0.0/8]}\\n    - {name: b, clients: [10.0.0.0/8]} \
              | f:4: dns64.views: 10.0.0.0/8 are also clients of the view a in line 3 | remove them from one
            probe of a prefix in no answer \
              | dns64:\\n  prefix-health:\\n    - {pref64: 2001:db8:65::/96, targets: [192.0.2.1]} \
              | f:3: dns64.prefix-health: 2001:db8:65::/96 is in no answer | add it to
            probe without targets | dns64:\\n  prefix-health:\\n    - pref64: 64:ff9b::/96 \
              | f:3: dns64.prefix-health: has no targets | 192.0.2.1:53
            probe of an IPv6 target \
              | dns64:\\n  prefix-health:\\n    - {pref64: 64:ff9b::/96, targets: ["2001:db8::1"]} \
              | f:3: dns64.prefix-health.targets: 2001:db8::1 is not an IPv4 address | 192.0.2.1:53
            probe at no interval \
              | dns64:\\n  prefix-health:\\n    - {pref64: 64:ff9b::/96, targets: [8.8.8.8], interval: 1ms} \
              | f:3: dns64.prefix-health.interval: a probe takes 100ms to 1h, not 1ms | 5s
            prefix probed twice \
              | dns64:\\n  prefix-health:\\n    - {pref64: 64:ff9b::/96, targets: [8.8.8.8]}\\n    - {pref64: \
              64:ff9b::/96, targets: [8.8.4.4]} \
              | f:4: dns64.prefix-health: 64:ff9b::/96 is a duplicate, first given in line 3 | remove one
            query log of nothing known | dns64: {query-log: {queries: some}} \
              | f:1: dns64.query-log.queries: some is not a share of the queries | 1/100
            query log of one in one | dns64: {query-log: {queries: 1/1}} \
              | f:1: dns64.query-log.queries: 1 is not an integer between 2 | 1/100
            unknown key in a view | dns64:\\n  views:\\n    - {name: a, clients: [10.0.0.0/8], prefix: x} \
              | f:3: dns64.views.prefix: unknown key | did you mean dns64.views.pref64?
            """)
    void refuses(String name, String text, String start, String remedy) {
        WrongConfig.assertRefused(text, start, remedy);
    }

    @Test
    void refusesMorePrefixesThanAnAnswerHasRoomFor() {
        var prefixes =
                IntStream.range(0, 17).mapToObj(i -> "2001:db8:" + i + "::/96").collect(Collectors.joining(", "));

        WrongConfig.assertRefused(
                "role: dns64\\ndns64: {pref64: [" + prefixes + "]}",
                "f:2: dns64.pref64: these are 17 prefixes, and an answer has room for 16",
                "remove some");
    }
}
