# SPDX-License-Identifier: Apache-2.0
"""Defines a check, and how it reports what it saw."""
import dataclasses
import enum
import ipaddress
import typing

from . import message as dns


class Level(enum.Enum):
    """The weight of a rule. A server that breaks one of the first three deviates from an RFC."""
    MUST = "MUST"
    SHOULD = "SHOULD"
    RULE = "rule"  # the RFC describes instead of requiring
    PRACTICE = "practice"  # in no RFC, or only in one that a server need not implement


class Stage(enum.Enum):
    """What a check needs. Servers cache failures of upstreams, so each stage gets its own servers where possible."""
    ANSWERS = "answers"
    ERRORS = "errors"  # the upstream returns errors
    SILENCE = "silence"  # the upstream does not answer: each check has its own server
    PREFIX = "prefix"  # repeated with each prefix length
    WELL_KNOWN = "well-known"  # only under 64:ff9b::/96


@dataclasses.dataclass(frozen=True)
class Check:
    item: str
    source: str  # such as "RFC 6147, 5.1.2"
    level: Level
    stage: Stage
    sentence: str
    run: typing.Callable

    @property
    def title(self):
        return self.run.__name__.replace("_", " ")


class Failed(Exception):
    """The server breaks the rule; says what was seen instead."""


class NotApplicable(Exception):
    """The rule cannot be checked: the server breaks another rule, or lacks the feature that the rule is about."""


ALL = []


def check(item, source, level, sentence, stage=Stage.ANSWERS):
    """Registers as a check a function that takes a client and raises Failed or NoAnswer."""
    def add(function):
        ALL.append(Check(item, source, level, stage, sentence, function))
        return function
    return add


def expect(condition, seen):
    """Fails with what was seen, a message or a sentence."""
    if not condition:
        raise Failed(describe(seen) if isinstance(seen, dns.Message) else seen)


def describe(message):
    """A message in one line."""
    flags = [name for name, bit in (("aa", dns.AA), ("tc", dns.TC), ("ad", dns.AD), ("cd", dns.CD)) if message.has(bit)]
    parts = [" ".join([dns.RCODES.get(message.rcode, f"RCODE {message.rcode}"), *flags])]
    for section in ("answer", "authority"):
        records = getattr(message, section)
        if records:
            shown = ", ".join(data_text(record) for record in records[:4]) + (", ..." if len(records) > 4 else "")
            parts.append(f"{section}: {shown}")
    if message.extended_errors():
        parts.append("EDE " + ", ".join(map(str, message.extended_errors())))
    return "; ".join(parts)


def data_text(record):
    kind = dns.TYPES.get(record.type, f"TYPE{record.type}")
    if record.type in (dns.A, dns.AAAA):
        return f"{kind} {ipaddress.ip_address(record.data)} (TTL {record.ttl})"
    if record.type in (dns.CNAME, dns.DNAME, dns.PTR):
        return f"{kind} {dns.text(dns.alias_target(record))}"
    return f"{kind} (TTL {record.ttl})"


def addresses(message):
    return [record.data for record in message.records(dns.AAAA)]


def is_synthesized(client, message, *ipv4s):
    """Whether the AAAA records embed exactly these addresses, and there is no A record."""
    return (message.rcode == dns.NOERROR and not message.records(dns.A)
            and addresses(message) == [client.embed(ipv4) for ipv4 in ipv4s])


def is_nodata(message):
    return message.rcode == dns.NOERROR and not message.has(dns.TC) and not any(
        record.type not in (dns.CNAME, dns.DNAME) for record in message.answer)


def ttl(message, rrtype=dns.AAAA):
    """The TTL of the records of a type; fails if there is none."""
    records = message.records(rrtype)
    expect(records, message)
    return records[0].ttl


