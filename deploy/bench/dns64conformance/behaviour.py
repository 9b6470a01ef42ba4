# SPDX-License-Identifier: Apache-2.0
"""The meaning of the names of the scripted upstream. Pure: from a question to a reaction.

A name is www.UNIQUE[.via-ALIAS]...[.aaaa-BEHAVIOUR][.a-BEHAVIOUR].conformance.example.org; dig can query any
resolver over the upstream for such names. BEHAVIOUR is a kind and options, such as nodata-t300-m60 or data-t120-n3:

  data        addresses: from 2001:db8:1::1, from 192.52.193.1
  excluded    ::ffff:192.52.193.1 alone               mixed      an excluded address and a real one
  private     10.0.0.1 alone                          mixedscope 10.0.0.1 and 192.52.193.1
  nodata      no record; SOA of the parent name       bare       no record, no SOA record
  nxdomain    RCODE 3 and a SOA record                servfail, refused, notimp, formerr
  bogus       SERVFAIL with the extended error 6      drop       no answer

  tN TTL (300)       nN addresses (1)        mN MINIMUM of the SOA record (as its TTL)    dN answer after N ms
  w1 NXDOMAIN with a wrong ID comes first    c1 truncated over UDP                        g1 signatures if DO is set
  e1 an OPT record with options in it        x1 NS records and their addresses as well    f1 FORMERR if there is EDNS
  v1 each address has a TTL 100 higher than the one before                                r1 the same address again

ALIAS is cname, dname, cut (a CNAME whose target is left out), loop, split (AAAA and A lead to different names).
"""
import dataclasses
import ipaddress
import re
import struct

from . import message as dns
from .message import Message, Record

ZONE = dns.name("conformance.example.org")
ALIAS_TTL = 200
ERRORS = {"servfail": dns.SERVFAIL, "refused": dns.REFUSED, "notimp": dns.NOTIMP, "formerr": dns.FORMERR,
          "bogus": dns.SERVFAIL}
WELL_KNOWN_NAME = dns.name("ipv4only.arpa")
WELL_KNOWN_ADDRESSES = ["192.0.0.170", "192.0.0.171"]
NAME_SERVER = (b"ns",) + ZONE
FOREIGN_OPTION = (65001, b"foreign")


@dataclasses.dataclass(frozen=True)
class Behaviour:
    kind: str = "nodata"
    options: tuple = ()

    @staticmethod
    def read(text):
        kind, *options = text.split("-")
        return Behaviour(kind, tuple((option[0], int(option[1:])) for option in options))

    def option(self, letter, default=0):
        return dict(self.options).get(letter, default)


@dataclasses.dataclass
class Reaction:
    """What the upstream does: no answer if the response is None."""
    response: Message | None
    delay: float = 0
    wrong_id_first: bool = False
    truncated_over_udp: bool = False


def address(text):
    return ipaddress.ip_address(text).packed


def soa(owner, ttl=300, minimum=None):
    names = dns.wire(NAME_SERVER) + dns.wire((b"hostmaster",) + ZONE)
    return Record(owner, dns.SOA, ttl, names + struct.pack(">IIIII", 1, 7200, 900, 86400, ttl if minimum is None else minimum))


def addresses(behaviour, rrtype):
    first = {dns.AAAA: "2001:db8:1::1", dns.A: "192.52.193.1"}[rrtype]
    several = [str(ipaddress.ip_address(first) + i) for i in range(behaviour.option("n", 1))]
    if behaviour.option("r"):
        several *= 2
    return {
        "data": several,
        "excluded": ["::ffff:192.52.193.1"],
        "mixed": ["::ffff:192.52.193.1", "2001:db8:1::1"],
        "private": ["10.0.0.1"],
        "mixedscope": ["10.0.0.1", "192.52.193.1"],
    }.get(behaviour.kind, [])


def svcb():
    """Priority 1, target ".", with ipv4hint and ipv6hint (RFC 9460, section 7.3)."""
    hints = struct.pack(">HH", 4, 4) + address("192.52.193.1") + struct.pack(">HH", 6, 16) + address("2001:db8:1::1")
    return struct.pack(">H", 1) + b"\0" + hints


def other_data(rrtype):
    """RDATA that every name has for types other than addresses."""
    host = dns.wire(NAME_SERVER)
    return {
        dns.MX: struct.pack(">H", 10) + host, dns.SRV: struct.pack(">HHH", 1, 2, 443) + host, dns.NS: host,
        dns.TXT: b"\x05plain", dns.HTTPS: svcb(), dns.SVCB: svcb(), dns.UNKNOWN_TYPE: bytes(range(8)),
    }.get(rrtype)


def signature(owner, covered, ttl):
    """Looks like a signature, but no validator would accept it."""
    fixed = struct.pack(">HBBIIIH", covered, 13, len(owner), ttl, 0x7fffffff, 0, 4711)
    return Record(owner, dns.RRSIG, ttl, fixed + dns.wire(ZONE) + b"s" * 64)


def parts(owner):
    """The aliases of a name in order, and the behaviour for AAAA and for A questions."""
    labels = [label.decode("latin1").lower() for label in owner[:-len(ZONE)]]
    aliases = [label[4:] for label in labels if label.startswith("via-")]
    found = {kind: Behaviour.read(label[len(kind) + 1:]) for kind in ("aaaa", "a") for label in labels
             if label.startswith(kind + "-") and re.fullmatch(r"a+-[a-z]+(-[a-z]\d+)*", label)}
    return aliases, found.get("aaaa", Behaviour()), found.get("a", Behaviour())


def alias(owner, kind, rrtype):
    """The records of one alias, and the name that it leads to."""
    at = next(i for i, label in enumerate(owner) if label.lower() == b"via-" + kind.encode())
    before, behind = owner[:at], owner[at + 1:]
    target = before + behind
    if kind == "loop":
        target = (b"again" if before[0] != b"again" else b"and-again",) + before[1:] + owner[at:]
    elif kind == "split":
        target = (before[0] + (b"-a" if rrtype == dns.A else b"-aaaa"),) + before[1:] + behind
    records = [Record(owner, dns.CNAME, ALIAS_TTL, dns.wire(target))]
    if kind == "dname":
        records.insert(0, Record(owner[at:], dns.DNAME, ALIAS_TTL, dns.wire(behind)))
    return records, target


def react(query, over_udp=True):
    """The reaction of the upstream to a query with one question."""
    owner, rrtype, _ = query.question[0]
    response = Message(query.id, dns.QR | dns.RA | query.flags & (dns.RD | dns.CD), list(query.question))
    if query.opt:
        response.additional.append(dns.opt(flags=query.opt.ttl & dns.DO))
    if dns.lower(owner)[-len(ZONE):] == ZONE:
        return in_zone(query, response, owner, rrtype, over_udp)
    special(response, dns.lower(owner), owner, rrtype)
    return Reaction(response)


def in_zone(query, response, owner, rrtype, over_udp):
    aliases, aaaa, a = parts(owner)
    behaviour = a if rrtype == dns.A else aaaa
    if rrtype not in (dns.A, dns.AAAA):
        behaviour = Behaviour("nxdomain") if "nxdomain" in (a.kind, aaaa.kind) else Behaviour("other")
    end = owner
    for kind in aliases:
        records, target = alias(end, kind, rrtype)
        response.answer += records
        if kind in ("cut", "loop"):
            return Reaction(response)
        end = target
    if behaviour.kind == "drop":
        return Reaction(None)
    if behaviour.option("f") and query.opt:
        response.additional.clear()
        response.flags |= dns.FORMERR
        return Reaction(response)
    fill(response, query, end, rrtype, behaviour)
    response.answer = [dataclasses.replace(one, dclass=query.question[0][2]) for one in response.answer]
    return Reaction(response, behaviour.option("d") / 1000, bool(behaviour.option("w")),
                    over_udp and bool(behaviour.option("c")))


def fill(response, query, owner, rrtype, behaviour):
    """The records of the final name."""
    ttl = behaviour.option("t", 300)
    denial = soa(owner[1:], ttl, behaviour.option("m", ttl))  # unique, so that caches do not confuse them
    if behaviour.kind in ERRORS:
        response.flags |= ERRORS[behaviour.kind]
        response.answer.clear()
    elif behaviour.kind == "nxdomain":
        response.flags |= dns.NXDOMAIN
        response.authority.append(denial)
    elif behaviour.kind == "nodata":
        response.authority.append(denial)
    elif behaviour.kind == "other":
        data = other_data(rrtype)
        if rrtype == dns.ANY:
            response.answer += [Record(owner, dns.A, ttl, address("192.52.193.1")),
                                Record(owner, dns.TXT, ttl, other_data(dns.TXT))]
        elif data is None:
            response.authority.append(denial)
        else:
            response.answer.append(Record(owner, rrtype, ttl, data))
            if rrtype in (dns.MX, dns.SRV, dns.NS):
                response.additional += glue()
    elif rrtype in (dns.A, dns.AAAA):
        step = 100 if behaviour.option("v") else 0
        response.answer += [Record(owner, rrtype, ttl + i * step, address(one))
                            for i, one in enumerate(addresses(behaviour, rrtype))]
    extras(response, query, owner, rrtype, behaviour)


def glue():
    return [Record(NAME_SERVER, dns.A, 300, address("192.52.193.53")),
            Record(NAME_SERVER, dns.AAAA, 300, address("2001:db8:1::53"))]


def extras(response, query, owner, rrtype, behaviour):
    if behaviour.option("g") and query.opt and query.opt.ttl & dns.DO and response.answer:
        response.answer.append(signature(owner, rrtype, behaviour.option("t", 300)))
    if behaviour.option("x"):
        response.authority.append(Record(ZONE, dns.NS, 300, dns.wire(NAME_SERVER)))
        response.additional += glue()
    if query.opt and (behaviour.option("e") or behaviour.kind == "bogus"):
        error = [(dns.EXTENDED_ERROR, struct.pack(">H", 6))] if behaviour.kind == "bogus" else []
        response.additional[0] = dns.opt(4321, query.opt.ttl & dns.DO, opts=error + [FOREIGN_OPTION])


def special(response, lowered, owner, rrtype):
    """Reverse names (by the last digit of the address), ipv4only.arpa, and nothing else."""
    if lowered[-2:] == dns.name("in-addr.arpa"):
        reverse(response, lowered, owner, rrtype)
    elif lowered == WELL_KNOWN_NAME and rrtype == dns.A:
        response.answer += [Record(owner, dns.A, 3600, address(one)) for one in WELL_KNOWN_ADDRESSES]
    elif lowered == () and rrtype == dns.NS:
        response.answer.append(Record((), dns.NS, 3600, dns.wire(NAME_SERVER)))
    else:
        if lowered not in (WELL_KNOWN_NAME, ()) and len(lowered) > 1:
            response.flags |= dns.NXDOMAIN
        response.authority.append(soa(lowered[-1:]))


def reverse(response, lowered, owner, rrtype):
    kind = int(lowered[0]) % 10 if lowered[0].isdigit() and len(lowered) == 6 else 0
    target = (b"host" + lowered[0],) + ZONE
    if lowered in (dns.name("170.0.0.192.in-addr.arpa"), dns.name("171.0.0.192.in-addr.arpa")):  # RFC 8880, section 7.2
        kind, target = 1, WELL_KNOWN_NAME
    pointer = Record(owner, dns.PTR, 300, dns.wire(target))
    if kind == 1 and rrtype == dns.PTR:
        response.answer.append(pointer)
    elif kind == 4:
        target = lowered[:1] + (b"0-24",) + lowered[1:]  # RFC 2317
        response.answer += [Record(owner, dns.CNAME, ALIAS_TTL, dns.wire(target)), dataclasses.replace(pointer, owner=target)]
    elif kind == 5:
        response.flags |= dns.SERVFAIL
    else:
        response.flags |= dns.NXDOMAIN if kind == 2 else 0
        response.authority.append(soa(dns.name("192.in-addr.arpa")))
