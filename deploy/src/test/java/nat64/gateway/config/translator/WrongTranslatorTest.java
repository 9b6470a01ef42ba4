// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import nat64.gateway.config.WrongConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each wrong file has one mistake, and gets one message: place, key, what is wrong, and a remedy. */
class WrongTranslatorTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            empty pool | translator:\\n  pool4: [] | f:2: translator.pool4: is empty | list at least one
            overlapping pools \
              | translator:\\n  pool4:\\n    - {prefix: 192.0.2.0/24}\\n    - {prefix: 192.0.2.128/25} \
              | f:4: translator.pool4.prefix: 192.0.2.128/25 overlaps 192.0.2.0/24 in line 3 | do not overlap
            reversed port range | translator:\\n  pool4:\\n    - prefix: 192.0.2.0/28\\n      ports: 3000-2000 \
              | f:4: translator.pool4.ports: a port range runs from a lower | 1024-65535
            port 0 | translator: {pool4: [{prefix: 192.0.2.0/28, ports: 0-10}]} | f:1: translator.pool4.ports:  \
              | 1024-65535
            port 65536 | translator: {pool4: [{prefix: 192.0.2.0/28, ports: 1-65536}]} \
              | f:1: translator.pool4.ports:  | 1024-65535
            ports no range | translator: {pool4: [{prefix: 192.0.2.0/28, ports: high}]} \
              | f:1: translator.pool4.ports: high is not a range | 1024-65535
            pool without prefix | translator:\\n  pool4:\\n    - ports: 1-2 | f:3: translator.pool4: has no prefix \
              | prefix: 100.64.64.0/29
            pool of plain prefixes | translator: {pool4: [192.0.2.0/28]} \
              | f:1: translator.pool4: must be keys and values | `key: value`
            IPv6 pool | translator: {pool4: [{prefix: "2001:db8::/64"}]} \
              | f:1: translator.pool4.prefix: not an IPv4 address | 100.64.64.0/29
            huge pool | translator: {pool4: [{prefix: 10.0.0.0/8}]} \
              | f:1: translator.pool4.prefix: pool4 takes prefixes of /16 | 100.64.64.0/29
            loopback pool | translator: {pool4: [{prefix: 127.0.0.0/24}]} \
              | f:1: translator.pool4.prefix: 127.0.0.0/24 is never routed | 100.64.64.0/29
            """)
    void refusesWrongPool4(String name, String text, String start, String remedy) {
        WrongConfig.assertRefused(text, start, remedy);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            no session | translator: {max-sessions: 0} | f:1: translator.max-sessions: 0 is not an integer \
              | write for example
            sessions with unit | translator: {max-sessions: 64Ki} \
              | f:1: translator.max-sessions: 64Ki is not an integer | write for example
            odd block size | translator: {port-blocks: {size: 500}} \
              | f:1: translator.port-blocks.size: 500 is not a power of two | write for example 512
            small block size | translator: {port-blocks: {size: 32}} \
              | f:1: translator.port-blocks.size: 32 is not a power of two | write for example 512
            no block | translator: {port-blocks: {size: 512, max: 0}} \
              | f:1: translator.port-blocks.max: 0 is not an integer between 1 and 256 | write for example
            pool without a whole block \
              | translator: {pool4: [{prefix: 192.0.2.0/28, ports: 2000-2500}], port-blocks: {size: 512}} \
              | f:1: translator.port-blocks.size: the ports 2000-2500 of pool4 192.0.2.0/28 have no whole block \
              | give that range more ports
            no worker | translator: {workers: 0} \
              | f:1: translator.workers: 0 is not an integer between 1 and 64, nor auto | write for example 1
            small MTU | translator: {lowest-ipv6-mtu: 1279} \
              | f:1: translator.lowest-ipv6-mtu: 1279 is not an integer between 1280 | 1280
            static binding outside pool4 \
              | translator: {static-bindings: [{protocol: tcp, ipv6: '[2001:db8::5]:80', ipv4: '192.0.2.1:80'}]} \
              | f:1: translator.static-bindings.ipv4: 192.0.2.1 is not in translator.pool4 | auto:80
            static binding outside a given pool4 \
              | translator: {pool4: [{prefix: 203.0.113.0/29}], static-bindings: [{protocol: tcp, \
              ipv6: '[2001:db8::5]:80', ipv4: '192.0.2.1:80'}]} \
              | f:1: translator.static-bindings.ipv4: 192.0.2.1 is not in translator.pool4 | 203.0.113.0/29
            static binding twice \
              | translator:\\n  static-bindings:\\n    - {protocol: tcp, ipv6: '[2001:db8::5]:80', ipv4: \
              '100.64.64.1:80'}\\n    - {protocol: tcp, ipv6: '[2001:db8::6]:80', ipv4: '100.64.64.1:80'} \
              | f:4: translator.static-bindings: binds an address that is already bound in line 3 | remove one
            static binding without port \
              | translator: {static-bindings: [{protocol: tcp, ipv6: '2001:db8::5', ipv4: '100.64.64.1:80'}]} \
              | f:1: translator.static-bindings.ipv6: 2001:db8::5 is not an address with a port | [2001:db8::5]:80
            short fragment timeout | translator: {fragment-timeout: 1s} \
              | f:1: translator.fragment-timeout: fragments are waited for between 2s | 2s
            short UDP lifetime | translator:\\n  lifetimes:\\n    icmp: 2m\\n    udp: 30s \
              | f:4: translator.lifetimes.udp: lifetime udp must be between 120s | 5m
            short TCP lifetime | translator: {lifetimes: {tcp-established: 1h}} \
              | f:1: translator.lifetimes.tcp-established:  | 2h
            short transitory lifetime | translator: {lifetimes: {tcp-opening: 1s}} \
              | f:1: translator.lifetimes.tcp-opening:  | 4m
            short SYN lifetime | translator: {lifetimes: {tcp-incoming-syn: 5s}} \
              | f:1: translator.lifetimes.tcp-incoming-syn:  | 6s
            short ICMP lifetime | translator: {lifetimes: {icmp: 59s}} | f:1: translator.lifetimes.icmp:  | 1m
            lifetime without unit | translator: {lifetimes: {udp: 300}} \
              | f:1: translator.lifetimes.udp: 300 is not a time | 90s or 5m
            lifetime with bad unit | translator: {lifetimes: {udp: 5min}} \
              | f:1: translator.lifetimes.udp: 5min is not a time | 90s or 5m
            long device name | translator: {device: {name: a-very-long-name}} \
              | f:1: translator.device.name: a-very-long-name has 16 characters | nat64
            device name with slash | translator: {device: {name: a/b}} \
              | f:1: translator.device.name: 'a/b' is not a device name | use letters
            device name with dash | translator: {device: {name: -a}} \
              | f:1: translator.device.name: '-a' is not a device name | use letters
            device lo | translator: {device: {name: lo}} | f:1: translator.device.name: 'lo' is not a device name \
              | none of lo
            equal addresses | translator:\\n  device:\\n    translator-address: 64:ff9b:1:ffff::1 \
              | f:3: translator.device.translator-address: is the same as translator.device.address by default \
              | its own address
            link-local device address | translator: {device: {address: fe80::1}} \
              | f:1: translator.device.address: fe80::1 is not an address | 64:ff9b:1:ffff::1
            multicast device address | translator: {device: {address: ff02::1}} \
              | f:1: translator.device.address: ff02::1 is not an address | 64:ff9b:1:ffff::1
            device address in Pref64 | translator:\\n  device: {address: 64:ff9b::1} \
              | f:2: translator.device.address: 64:ff9b::1 (translator.device.address in line 2) is inside | outside
            """)
    void refusesWrongTranslator(String name, String text, String start, String remedy) {
        WrongConfig.assertRefused(text, start, remedy);
    }
}
