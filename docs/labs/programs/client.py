# SPDX-License-Identifier: Apache-2.0
"""Connects a TCP or UDP socket, and prints its own address and the answer of the server."""

import argparse
import ipaddress
import socket
import sys

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--v6only", action="store_true", help="set IPV6_V6ONLY")
parser.add_argument("--bind", help="address to bind first")
parser.add_argument("transport", choices=("tcp", "udp"))
parser.add_argument("address", type=ipaddress.ip_address)
parser.add_argument("port", type=int)
options = parser.parse_args()

family = socket.AF_INET if options.address.version == 4 else socket.AF_INET6
kind = socket.SOCK_STREAM if options.transport == "tcp" else socket.SOCK_DGRAM
client = socket.socket(family, kind)
client.settimeout(5)
call = "setsockopt"
try:
    if options.v6only:
        client.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    if options.bind:
        call = "bind"
        client.bind((options.bind, 0))
    call = "connect"
    client.connect((str(options.address), options.port))
    call = "recv"
    client.send(b"hello\n")
    print(f"I am {client.getsockname()[0]}, server: {client.recv(100).decode().strip()}")
except OSError as error:
    sys.exit(f"{call}: {error}")
