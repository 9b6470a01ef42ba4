# SPDX-License-Identifier: Apache-2.0
"""Sends router advertisements with the option PREF64 (RFC 8781, section 4), with a router lifetime of 0: not as a default router."""

import ipaddress
import socket
import struct
import sys
import time

LIFETIME = 1800
PREFIX_LENGTH_CODES = {96: 0, 64: 1, 56: 2, 48: 3, 40: 4, 32: 5}

interface, source, prefix = sys.argv[1], sys.argv[2], ipaddress.IPv6Network(sys.argv[3])
scaled = LIFETIME // 8 << 3 | PREFIX_LENGTH_CODES[prefix.prefixlen]
option = struct.pack("!BBH12s", 38, 2, scaled, prefix.network_address.packed[:12])
advertisement = struct.pack("!BBHBBHII", 134, 0, 0, 0, 0, 0, 0, 0) + option

router = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
router.bind((source, 0, 0, socket.if_nametoindex(interface)))
router.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
while True:
    router.sendto(advertisement, ("ff02::1", 0, 0, socket.if_nametoindex(interface)))
    time.sleep(3)
