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

# RFC 8215. Not a documentation prefix: servers answer reverse names under those from a local zone.
SITE_PREFIX = "64:ff9b:1:fffe::/96"
WELL_KNOWN_PREFIX = "64:ff9b::/96"
OTHER_PREFIXES = ["2001:db8::/32", "2001:db8:100::/40", "2001:db8:122::/48", "2001:db8:122:300::/56", "2001:db8:122:344::/64"]

# Which checks run with which prefix. Each line starts a separate server.
RUNS = [
    *((SITE_PREFIX, [one]) for one in suite.checks(Stage.SILENCE)),
    (SITE_PREFIX, suite.checks(Stage.ANSWERS, Stage.PREFIX)),
    (SITE_PREFIX, suite.checks(Stage.ERRORS)),
    (WELL_KNOWN_PREFIX, suite.checks(Stage.WELL_KNOWN, Stage.PREFIX)),
    *((prefix, suite.checks(Stage.PREFIX)) for prefix in OTHER_PREFIXES),
]
PARALLEL = 3  # most of the time is spent waiting for upstreams that do not answer

# Validation is on and nothing is signed, so that the rules of RFC 6147, section 5.5, for validators can be checked.
NO_TRUST_ANCHORS = "clearTA()\n"

TITLES = {"nat64": "nat64", "unbound": "unbound", "bind": "BIND", "pdns": "PowerDNS Recursor"}
VERSION_COMMANDS = {"nat64": [resolvers.NAT64_COMMAND, "--version"], "unbound": ["unbound", "-V"], "bind": ["named", "-V"],
                    "pdns": ["pdns_recursor", "--version"]}


class Running:
    """The running servers and upstreams and their directory, so that a signal handler can stop them too."""

    def __init__(self):
        self.lock, self.stack, self.closed = threading.Lock(), contextlib.ExitStack(), False
        self.directory = pathlib.Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="nat64-conformance-")))
        self.directory.chmod(0o755)

    def add(self, make):
        """Creates an object with a close method, unless this has been closed."""
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
    """The version number that a program prints, if any."""
    done = subprocess.run(VERSION_COMMANDS[name], capture_output=True, text=True, timeout=600)  # may build nat64 first
    found = re.search(r"\d+\.\d+(\.\d+)?(-SNAPSHOT)?", re.sub(r"^\w{3} \d\d [\d:]+ ", "", done.stdout + done.stderr))
    return found[0] if found else "?"


def start(name, folder, prefix, running):
    """A client of a new server with its own upstream, and the function that stops both."""
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

    with concurrent.futures.ThreadPoolExecutor(PARALLEL) as pool:
        return suite.merged([result for several in pool.map(results, range(len(RUNS))) for result in several])
