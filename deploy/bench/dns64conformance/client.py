# SPDX-License-Identifier: Apache-2.0
"""Asks the server under test."""
import ipaddress
import itertools
import random
import socket
import struct
import time

from . import message as dns
from .behaviour import ZONE
from .message import Message

PATIENCE = 12  # seconds, unless a check says otherwise


class NoAnswer(Exception):
    """The server did not answer, or closed the connection."""


class Client:
    """One server under test and the upstream behind it. Safe for many threads."""

    serial = itertools.count(random.getrandbits(24))

    def __init__(self, address, port, pref64, upstream):
        self.server, self.upstream = (address, port), upstream
        self.pref64 = ipaddress.ip_network(pref64)

    def name(self, *labels):
        """A name that was never queried before, with these labels in front of the zone."""
        return (b"www", f"n{next(Client.serial):x}".encode()) + tuple(label.encode() for label in labels) + ZONE

    def ask(self, owner, rrtype=dns.AAAA, **options):
        """Asks over UDP, and returns the message; NoAnswer if none came."""
        return self.send(self.query(owner, rrtype, **{k: v for k, v in options.items() if k != "patience"}),
                         options.get("patience", PATIENCE))

    @staticmethod
    def query(owner, rrtype=dns.AAAA, flags=dns.RD, dclass=dns.IN, edns=True, do=False, opts=(), payload=1232):
        additional = [dns.opt(payload, dns.DO if do else 0, opts=opts)] if edns else []
        return Message(random.getrandbits(16), flags, [(owner, rrtype, dclass)], additional=additional)

    def send(self, query, patience=PATIENCE):
        return dns.read(self.exchange(query.wire(), patience))

    def exchange(self, octets, patience=PATIENCE):
        """The datagram that answers these bytes. Datagrams with another ID are ignored."""
        family = socket.AF_INET6 if ":" in self.server[0] else socket.AF_INET
        end = time.monotonic() + patience
        with socket.socket(family, socket.SOCK_DGRAM) as sock:
            sock.connect(self.server)
            sock.send(octets)
            while (left := end - time.monotonic()) > 0:
                sock.settimeout(left)
                try:
                    reply = sock.recv(65535)
                except socket.timeout:
                    break
                except OSError as e:
                    raise NoAnswer(f"no server listens: {e}") from e
                if reply[:2] == octets[:2]:
                    return reply
        raise NoAnswer(f"no answer within {patience} s")

    def ask_tcp(self, *queries, patience=PATIENCE):
        """Sends the queries at once over one connection, and returns the answers in the order of arrival."""
        answers = []
        try:
            with socket.create_connection(self.server, patience) as sock, sock.makefile("rb") as reader:
                sock.sendall(b"".join(struct.pack(">H", len(one.wire())) + one.wire() for one in queries))
                for _ in queries:
                    head = reader.read(2)
                    if len(head) < 2:
                        raise NoAnswer("the connection was closed")
                    answers.append(dns.read(reader.read(struct.unpack(">H", head)[0])))
        except OSError as e:
            raise NoAnswer(f"over TCP: {e}") from e
        return answers

    def embed(self, ipv4):
        """The address under the Pref64 (RFC 6052, section 2.2), as bytes."""
        length = self.pref64.prefixlen // 8
        octets = bytearray(self.pref64.network_address.packed[:length])
        for octet in ipaddress.ip_address(ipv4).packed:
            if len(octets) == 8:
                octets.append(0)
            octets.append(octet)
        return bytes(octets).ljust(16, b"\0")

    def reverse_name(self, ipv4):
        """The name of the embedded address under ip6.arpa."""
        return tuple(digit.encode() for digit in reversed(self.embed(ipv4).hex())) + dns.name("ip6.arpa")
