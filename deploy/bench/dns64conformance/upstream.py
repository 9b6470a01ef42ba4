# SPDX-License-Identifier: Apache-2.0
"""The scripted upstream: serves behaviour.py over UDP and TCP, and records the questions."""
import dataclasses
import socketserver
import struct
import threading
import time

from . import behaviour
from . import message as dns


@dataclasses.dataclass(frozen=True)
class Asked:
    time: float
    name: tuple  # in lower case
    type: int
    id: int
    port: int
    over_udp: bool


class Upstream:
    """Listens on one port of 127.0.0.1 until it is closed; port 0 selects a free one. One thread for each query."""

    def __init__(self, port=0):
        self.asked, self.lock = [], threading.Lock()
        self.udp, self.tcp = self.listen(port)
        self.port = self.udp.server_address[1]
        for server in (self.udp, self.tcp):
            server.upstream = self
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()

    @staticmethod
    def listen(port):
        """A port that is free over UDP may be in use over TCP: then another one is tried, if the port is to be chosen."""
        tries = 1 if port else 100
        while True:
            udp = Udp(("127.0.0.1", port), UdpQuery)
            try:
                return udp, Tcp(udp.server_address, TcpConnection)
            except OSError:
                udp.server_close()
                tries -= 1
                if not tries:
                    raise

    def close(self):
        for server in (self.udp, self.tcp):
            server.shutdown()
            server.server_close()

    def questions(self, name, rrtype=None):
        """The questions about a name so far, of one type or of all."""
        wanted = dns.lower(name)
        with self.lock:
            return [one for one in self.asked if one.name == wanted and rrtype in (None, one.type)]

    def react(self, octets, port, over_udp):
        """The messages to send, each with a delay in seconds."""
        query = dns.read(octets)
        if query.has(dns.QR) or len(query.question) != 1:
            return []
        owner, rrtype, _ = query.question[0]
        with self.lock:
            self.asked.append(Asked(time.monotonic(), dns.lower(owner), rrtype, query.id, port, over_udp))
        reaction = behaviour.react(query, over_udp)
        if reaction.response is None:
            return []
        response = reaction.response
        limit = max(512, query.opt.dclass if query.opt else 0)
        if reaction.truncated_over_udp or over_udp and len(response.wire()) > limit:
            response.flags |= dns.TC
            response.answer.clear()
        if reaction.wrong_id_first and over_udp:
            forged = dns.Message(query.id ^ 0x55, response.flags | dns.NXDOMAIN, query.question)
            return [(0, forged.wire()), (max(0.1, reaction.delay), response.wire())]
        return [(reaction.delay, response.wire())]


class Udp(socketserver.ThreadingUDPServer):
    daemon_threads, allow_reuse_address, max_packet_size = True, False, 65535

    def handle_error(self, request, client_address):
        """A datagram that is not a query gets no answer."""


class Tcp(socketserver.ThreadingTCPServer):
    daemon_threads, allow_reuse_address = True, True

    def handle_error(self, request, client_address):
        """A broken connection does not affect others."""


class UdpQuery(socketserver.BaseRequestHandler):
    def handle(self):
        octets, sock = self.request
        for delay, reply in self.server.upstream.react(octets, self.client_address[1], True):
            time.sleep(delay)
            sock.sendto(reply, self.client_address)


class TcpConnection(socketserver.StreamRequestHandler):
    timeout = 30

    def handle(self):
        while len(head := self.rfile.read(2)) == 2:
            octets = self.rfile.read(struct.unpack(">H", head)[0])
            for delay, reply in self.server.upstream.react(octets, self.client_address[1], False):
                time.sleep(delay)
                self.wfile.write(struct.pack(">H", len(reply)) + reply)
