# SPDX-License-Identifier: Apache-2.0
"""Reads and writes DNS messages without a library, so that it can create any malformed one (RFC 1035, section 4.1).

Names are tuples of labels (bytes), without the root label. RDATA is stored as bytes, with uncompressed names.
"""
import dataclasses
import struct

A, NS, CNAME, SOA, PTR, MX, TXT, AAAA, SRV, DNAME, OPT, DS, RRSIG, DNSKEY, SVCB, HTTPS, NXNAME, AXFR, ANY = (
    1, 2, 5, 6, 12, 15, 16, 28, 33, 39, 41, 43, 46, 48, 64, 65, 128, 252, 255)
UNKNOWN_TYPE = 65280
IN, CH = 1, 3
NOERROR, FORMERR, SERVFAIL, NXDOMAIN, NOTIMP, REFUSED, YXDOMAIN, BADVERS = 0, 1, 2, 3, 4, 5, 6, 16
RCODES = {NOERROR: "NOERROR", FORMERR: "FORMERR", SERVFAIL: "SERVFAIL", NXDOMAIN: "NXDOMAIN", NOTIMP: "NOTIMP",
          REFUSED: "REFUSED", YXDOMAIN: "YXDOMAIN", BADVERS: "BADVERS"}
TYPES = {A: "A", NS: "NS", CNAME: "CNAME", SOA: "SOA", PTR: "PTR", MX: "MX", TXT: "TXT", AAAA: "AAAA", SRV: "SRV",
         DNAME: "DNAME", OPT: "OPT", DS: "DS", RRSIG: "RRSIG", DNSKEY: "DNSKEY", SVCB: "SVCB", HTTPS: "HTTPS", ANY: "ANY"}
QR, AA, TC, RD, RA, Z, AD, CD = 0x8000, 0x0400, 0x0200, 0x0100, 0x0080, 0x0040, 0x0020, 0x0010
DO = 0x8000
EXTENDED_ERROR, COOKIE = 15, 10

# The RDATA of a type: the number of bytes before the names, and the number of names. The rest is copied.
NAMES_IN_DATA = {NS: (0, 1), CNAME: (0, 1), PTR: (0, 1), DNAME: (0, 1), SOA: (0, 2), MX: (2, 1), SRV: (6, 1)}


def name(text):
    """A name of plain labels."""
    return tuple(label.encode() for label in text.rstrip(".").split(".") if label)


def text(labels):
    return ".".join("".join(chr(c) if 33 <= c <= 126 else f"\\{c:03}" for c in label) for label in labels) + "."


def lower(labels):
    return tuple(label.lower() for label in labels)


def wire(labels):
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


@dataclasses.dataclass(frozen=True)
class Record:
    owner: tuple
    type: int
    ttl: int
    data: bytes
    dclass: int = IN

    def wire(self):
        return wire(self.owner) + struct.pack(">HHIH", self.type, self.dclass, self.ttl, len(self.data)) + self.data

    def __str__(self):
        return f"{text(self.owner)} {self.ttl} {TYPES.get(self.type, f'TYPE{self.type}')} {self.data.hex()}"


@dataclasses.dataclass
class Message:
    id: int = 0
    flags: int = 0
    question: list = dataclasses.field(default_factory=list)  # of (name, type, class)
    answer: list = dataclasses.field(default_factory=list)
    authority: list = dataclasses.field(default_factory=list)
    additional: list = dataclasses.field(default_factory=list)

    def wire(self):
        sections = [self.answer, self.authority, self.additional]
        out = struct.pack(">HHHHHH", self.id, self.flags, len(self.question), *map(len, sections))
        out += b"".join(wire(owner) + struct.pack(">HH", *rest) for owner, *rest in self.question)
        return out + b"".join(record.wire() for section in sections for record in section)

    def has(self, flag):
        return bool(self.flags & flag)

    @property
    def opt(self):
        return next((record for record in self.additional if record.type == OPT), None)

    @property
    def rcode(self):
        return (self.flags & 15) | ((self.opt.ttl >> 24) << 4 if self.opt else 0)

    def records(self, rrtype, section="answer"):
        return [record for record in getattr(self, section) if record.type == rrtype]

    def extended_errors(self):
        """The codes of RFC 8914."""
        return [struct.unpack(">H", value[:2])[0] for code, value in options(self.opt) if code == EXTENDED_ERROR]


def opt(payload=1232, flags=0, version=0, opts=(), owner=()):
    data = b"".join(struct.pack(">HH", code, len(value)) + value for code, value in opts)
    return Record(owner, OPT, version << 16 | flags, data, dclass=payload)


def options(record):
    found, at = [], 0
    while record is not None and at + 4 <= len(record.data):
        code, length = struct.unpack_from(">HH", record.data, at)
        found.append((code, record.data[at + 4:at + 4 + length]))
        at += 4 + length
    return found


def read_name(octets, at):
    """The name at an offset, and the offset after it."""
    labels, end, jumps = [], None, 0
    while True:
        length = octets[at]
        if length >= 0xc0:
            end = end or at + 2
            at = (length & 0x3f) << 8 | octets[at + 1]
            jumps += 1
            if jumps > 127:
                raise ValueError("a loop of compression pointers")
        elif length == 0:
            return tuple(labels), end or at + 1
        else:
            if at + 1 + length > len(octets):
                raise ValueError("a label that ends beyond the message")
            labels.append(octets[at + 1:at + 1 + length])
            at += 1 + length


def read_data(octets, at, length, rrtype):
    fixed, names = NAMES_IN_DATA.get(rrtype, (length, 0))
    data, end = octets[at:at + fixed], at + length
    at += fixed
    for _ in range(names):
        labels, at = read_name(octets, at)
        data += wire(labels)
    return data + octets[at:end]


def read(octets):
    """Reads a message; raises ValueError, IndexError or struct.error if it is malformed."""
    identifier, flags, *counts = struct.unpack_from(">HHHHHH", octets)
    message, at = Message(identifier, flags), 12
    for _ in range(counts[0]):
        owner, at = read_name(octets, at)
        message.question.append((owner, *struct.unpack_from(">HH", octets, at)))
        at += 4
    for section, count in zip((message.answer, message.authority, message.additional), counts[1:]):
        for _ in range(count):
            owner, at = read_name(octets, at)
            rrtype, dclass, ttl, length = struct.unpack_from(">HHIH", octets, at)
            at += 10
            if at + length > len(octets):
                raise ValueError("a record that ends beyond the message")
            section.append(Record(owner, rrtype, ttl, read_data(octets, at, length, rrtype), dclass))
            at += length
    if at != len(octets):
        raise ValueError("bytes after the message")
    return message


def alias_target(record):
    return read_name(record.data, 0)[0]


def soa_minimum(record):
    return struct.unpack(">I", record.data[-4:])[0]
