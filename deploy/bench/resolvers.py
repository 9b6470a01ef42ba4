# SPDX-License-Identifier: Apache-2.0
"""Resolvers with DNS64 on loopback, for benchmarks and conformance: their packages, configurations and processes."""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
NAT64_COMMAND = str(pathlib.Path(__file__).resolve().parent.parent / "nat64")
PACKAGES = {"unbound": "unbound", "pdns_recursor": "pdns-recursor", "named": "bind9", "nsd": "nsd", "dnsperf": "dnsperf"}

UNBOUND = """server:
  interface: 127.0.0.1
  port: {port}
  num-threads: {threads}
  so-reuseport: yes
  access-control: 127.0.0.0/8 allow
  module-config: "{modules}"
  dns64-prefix: {prefix}
  do-not-query-localhost: no
  msg-cache-size: 64m
  rrset-cache-size: 128m
  username: ""
  chroot: ""
  directory: "{dir}"
  pidfile: "{dir}/unbound.pid"
  use-syslog: no
remote-control:
  control-enable: no
forward-zone:
  name: "."
  forward-addr: 127.0.0.1@{upstream}
"""

PDNS = """local-address=127.0.0.1
local-port={port}
threads={threads}
reuseport=yes
pdns-distributes-queries=no
allow-from=127.0.0.0/8
dns64-prefix={prefix}
{forward}=127.0.0.1:{upstream}
dnssec={dnssec}
socket-dir={dir}
max-cache-entries=1000000
"""

BIND = """options {{
  directory "{dir}";
  pid-file "{dir}/named.pid";
  session-keyfile "{dir}/session.key";
  managed-keys-directory "{dir}";
  listen-on port {port} {{ 127.0.0.1; }};
  listen-on-v6 {{ none; }};
  allow-query {{ 127.0.0.0/8; }};
  recursion yes;
  dns64 {prefix} {{ clients {{ any; }}; }};
  forwarders {{ 127.0.0.1 port {upstream}; }};
  forward only;
  dnssec-validation {validation};
  max-cache-size 192m;
}};
controls {{ }};
"""

NAT64 = """role: dns64
pref64: ["{prefix}"]
clients: [127.0.0.0/8]
dns64:
  listen: ["127.0.0.1:{port}"]
  upstreams: ["127.0.0.1:{upstream}"]
  cache-size: 128Mi
  threads: {threads}
admin:
  listen: "127.0.0.1:{admin}"
"""

# name: (required program, its configuration, its command line)
RESOLVERS = {
    "nat64": (None, NAT64, [NAT64_COMMAND, "run", "--config", "{file}"]),
    "unbound": ("unbound", UNBOUND, ["unbound", "-d", "-c", "{file}"]),
    "pdns": ("pdns_recursor", PDNS, ["pdns_recursor", "--config-dir={dir}", "--daemon=no"]),
    "bind": ("named", BIND, ["named", "-f", "-n", "{threads}", "-c", "{file}"]),
}


def checkout(folder):
    """The nat64 of another checkout, built if need be, as a line of RESOLVERS."""
    command = str(folder.resolve() / "deploy/nat64")
    subprocess.run([command, "--version"], check=True, stdout=sys.stderr)
    return None, NAT64, [command, "run", "--config", "{file}"]


class NotStarted(Exception):
    """The server exited at once, or does not answer; with its log."""


class Process:
    """A server that this process starts and stops."""

    def __init__(self, template, command, folder, **values):
        """Values fill the configuration and the command line; {dir} and {file} are the directory and the configuration."""
        folder.mkdir()
        values |= {"dir": folder, "file": folder / "recursor.conf"}
        values["file"].write_text(template.format(**values))
        self.port, self.log = values["port"], folder / "log"
        with open(self.log, "wb") as log:
            # Several gateways at a time: each has its admin socket in a directory of its own.
            self.process = subprocess.Popen([part.format(**values) for part in command], stdout=log, stderr=log,
                                            stdin=subprocess.DEVNULL, start_new_session=True,
                                            env=dict(os.environ, RUNTIME_DIRECTORY=str(folder)))

    def await_answer(self, query, seconds=30):
        """Sends a query until the server answers with records; raises NotStarted after the time limit."""
        end = time.monotonic() + seconds
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.settimeout(0.3)
            while time.monotonic() < end and self.process.poll() is None:
                try:
                    probe.sendto(query, ("127.0.0.1", self.port))
                    if len(probe.recv(4096)) > len(query):
                        return
                except OSError:
                    time.sleep(0.1)
        raise NotStarted(f"{self.process.args[0]} does not answer: {self.log.read_text()[-2000:]}")

    def close(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


def missing(programs):
    return [name for name in programs if name is not None and shutil.which(name, path=PATH) is None]


def install(programs):
    """Installs the packages of these programs (Debian, Ubuntu), without starting their services."""
    packages = [PACKAGES[name] for name in programs]
    print("bench: installing " + " ".join(packages), file=sys.stderr, flush=True)
    policy = pathlib.Path("/usr/sbin/policy-rc.d")
    ours = not policy.exists()
    if ours:
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
    try:
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages], check=True,
                       stdout=sys.stderr, env=dict(os.environ, DEBIAN_FRONTEND="noninteractive"))
    finally:
        if ours:
            policy.unlink()
