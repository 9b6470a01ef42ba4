# SPDX-License-Identifier: Apache-2.0
"""What Python makes of an address that is written as text: a parser, and the resolver that every program asks."""

import ipaddress
import socket
import sys

address = ipaddress.ip_address(sys.argv[1])
print(f"ipaddress: {type(address).__name__}, ipv4_mapped: {address.ipv4_mapped}")
for family, *_, sockaddr in socket.getaddrinfo(sys.argv[1], 8080, type=socket.SOCK_STREAM):
    print(f"getaddrinfo: {family.name} {sockaddr[0]}")
