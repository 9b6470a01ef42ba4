# SPDX-License-Identifier: Apache-2.0
"""Starts resolvers over scripted upstreams and runs all stages against each."""
import concurrent.futures
import contextlib
import pathlib
import re
import socket
import subprocess
import tempfile
import threading

import resolvers

from . import message as dns
from . import suite
from .check import Stage
from .client import Client
from .upstream import Upstream

# RFC 8215. No documentation prefix: servers answer reverse names under those from a zone of their own.
SITE_PREFIX = "64:ff9b:1:fffe::/96"
WELL_KNOWN_PREFIX = "64:ff9b::/96"
OTHER_PREFIXES = ["2001:db8::/32", "2001:db8:100::/40", "2001:db8:122::/48", "2001:db8:122:300::/56", "2001:db8:122:344::/64"]

# What is asked under which prefix. Each line is a server of its own.
RUNS = [
    *((SITE_PREFIX, [one]) for one in suite.checks(Stage.SILENCE)),
    (SITE_PREFIX, suite.checks(Stage.ANSWERS, Stage.PREFIX)),
    (SITE_PREFIX, suite.checks(Stage.ERRORS)),
    (WELL_KNOWN_PREFIX, suite.checks(Stage.WELL_KNOWN, Stage.PREFIX)),
    *((prefix, suite.checks(Stage.PREFIX)) for prefix in OTHER_PREFIXES),
]
SIDE_BY_SIDE = 3  # the silent upstreams are waited for most of the time

# Validation is on and nothing is signed, so that what RFC 6147, section 5.5, asks of validators can be asked of them.
NO_TRUST_ANCHORS = "clearTA()\n"

TITLES = {"nat64": "nat64", "unbound": "unbound", "bind": "BIND", "pdns": "PowerDNS Recursor"}
VERSION_COMMANDS = {"nat64": [resolvers.NAT64_COMMAND, "--version"], "unbound": ["unbound", "-V"], "bind": ["named", "-V"],
                    "pdns": ["pdns_recursor", "--version"]}


class Running:
    """The servers and upstreams that are up and their directory, so that a signal handler can end them too."""

    def __init__(self):
        self.lock, self.stack, self.closed = threading.Lock(), contextlib.ExitStack(), False
        self.directory = pathlib.Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="nat64-conformance-")))
        self.directory.chmod(0o755)

    def add(self, make):
        """Makes something with a close method, unless the end has come."""
        with self.lock:
            if self.closed:
                raise resolvers.NotStarted("the run has ended")
            made = make()
            self.stack.callback(made.close)
            return made

    def close(self):
        self.closed = True
        self.stack.close()


def free_port():
    """A port that neither UDP nor TCP uses at this moment."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, socket.socket() as tcp:
            udp.bind(("127.0.0.1", 0))
            try:
                tcp.bind(udp.getsockname())
                return udp.getsockname()[1]
            except OSError:
                continue


def version(name):
    """The version number that a program tells, if it does."""
    done = subprocess.run(VERSION_COMMANDS[name], capture_output=True, text=True, timeout=600)  # nat64 may have to be built
    found = re.search(r"\d+\.\d+(\.\d+)?(-SNAPSHOT)?", re.sub(r"^\w{3} \d\d [\d:]+ ", "", done.stdout + done.stderr))
    return found[0] if found else "?"


def start(name, folder, prefix, running):
    """A client of a fresh server with an upstream of its own; and the function that ends both."""
    _, config, command = resolvers.RESOLVERS[name]
    upstream = running.add(Upstream)
    anchors = folder.with_suffix(".lua")
    anchors.write_text(NO_TRUST_ANCHORS)
    server = running.add(lambda: resolvers.Process(
        config, command, folder, port=free_port(), upstream=upstream.port, threads=1, prefix=prefix, admin=free_port(),
        modules="dns64 validator iterator", forward="forward-zones-recurse=.", validation="yes",
        dnssec=f"process\nlua-config-file={anchors}"))
    client = Client("127.0.0.1", server.port, prefix, upstream)
    server.await_answer(client.query(client.name("a-data"), dns.A).wire())
    return client, lambda: (server.close(), upstream.close())


def run(name, running):
    """The results of all runs for one resolver."""
    def results(number):
        prefix, checks = RUNS[number]
        try:
            client, close = start(name, running.directory / f"{name}-{number}", prefix, running)
        except resolvers.NotStarted:
            if checks != suite.checks(Stage.PREFIX):
                raise
            return [suite.Result(one, suite.Verdict.FAIL, f"does not start with the prefix {prefix}") for one in checks]
        try:
            return suite.run(checks, client)
        finally:
            close()

    with concurrent.futures.ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        return suite.merged([result for several in pool.map(results, range(len(RUNS))) for result in several])
