# SPDX-License-Identifier: Apache-2.0
"""Serves TCP or UDP on one socket, and prints which addresses the kernel reports for each client."""

import argparse
import socket
import sys

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--ipv4", action="store_true", help="an IPv4 socket; otherwise an IPv6 socket")
parser.add_argument("--v6only", type=int, choices=(0, 1), help="set IPV6_V6ONLY; otherwise the system's default")
parser.add_argument("--bind", help="address to bind; otherwise the wildcard address")
parser.add_argument("transport", choices=("tcp", "udp"))
parser.add_argument("port", type=int)
options = parser.parse_args()

family = socket.AF_INET if options.ipv4 else socket.AF_INET6
kind = socket.SOCK_STREAM if options.transport == "tcp" else socket.SOCK_DGRAM
server = socket.socket(family, kind)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
if options.v6only is not None:
    server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, options.v6only)
try:
    server.bind((options.bind or ("0.0.0.0" if options.ipv4 else "::"), options.port))
except OSError as error:
    sys.exit(f"bind: {error}")
v6only = "" if options.ipv4 else f", IPV6_V6ONLY={server.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY)}"
print(f"listening on {server.getsockname()[0]}{v6only}", flush=True)

if options.transport == "tcp":
    server.listen()
    while True:
        connection, client = server.accept()
        print(f"accept: client {client[0]}, server {connection.getsockname()[0]}", flush=True)
        connection.sendall(f"you are {client[0]}\n".encode())
        connection.close()
while True:
    _, client = server.recvfrom(100)
    print(f"recvfrom: client {client[0]}", flush=True)
    try:
        server.sendto(f"you are {client[0]}\n".encode(), client)
    except OSError as error:
        print(f"sendto: {error}", flush=True)
