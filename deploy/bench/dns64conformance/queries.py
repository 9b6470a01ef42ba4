# SPDX-License-Identifier: Apache-2.0
"""How a server processes queries: headers, questions, EDNS (RFC 1035, section 4.1; RFC 6891)."""
import struct

from . import message as dns
from .check import Level, check, expect, is_synthesized
from .client import NoAnswer
from .synthesis import FIRST


def silent(client, octets):
    """Whether no answer arrives within a second."""
    try:
        client.exchange(octets, 1)
    except NoAnswer:
        return True
    return False


def still_answers(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"))
    expect(is_synthesized(client, answer, FIRST), answer)


def refused_or_dropped(client, octets):
    try:
        reply = client.exchange(octets, 1)
        expect(reply[3] & 15 == dns.FORMERR, "RCODE " + dns.RCODES.get(reply[3] & 15, "unknown"))
    except NoAnswer:
        pass
    still_answers(client)


@check("R-05", "RFC 9619, 4", Level.MUST, "A query with two questions is a FORMERR, if it is answered.")
def two_questions_are_refused(client):
    query = client.query(client.name("aaaa-nodata", "a-data"), edns=False)
    query.question *= 2
    refused_or_dropped(client, query.wire())


@check("R-05", "RFC 1035, 4.1.1", Level.PRACTICE, "A query without question is a FORMERR.")
def no_question_is_refused(client):
    query = client.query((), edns=False)
    query.question.clear()
    answer = client.send(query, 3)
    expect(answer.rcode == dns.FORMERR, answer)


@check("R-05", "RFC 1035, 4.1.1", Level.PRACTICE, "A query with an unknown opcode is NOTIMP.")
def unknown_opcode_is_not_implemented(client):
    query = client.query(client.name("aaaa-nodata", "a-data"), edns=False, flags=dns.RD | 7 << 11)
    answer = client.send(query, 3)
    expect(answer.rcode == dns.NOTIMP, answer)


@check("R-05", "RFC 1035, 4.1.1", Level.PRACTICE, "A response is not answered.")
def responses_are_dropped(client):
    query = client.query(client.name("aaaa-nodata", "a-data"), flags=dns.QR | dns.RD)
    expect(silent(client, query.wire()), "an answer to a response")


@check("R-05", "RFC 1035, 4.1.1", Level.PRACTICE, "A message shorter than a header is not answered.")
def short_messages_are_dropped(client):
    expect(silent(client, b"\x12\x34\x01"), "an answer to three bytes")
    still_answers(client)


@check("R-05", "RFC 1035, 4.1.1", Level.RULE, "A question that ends beyond the message is a FORMERR, if it is answered.")
def cut_question_is_refused(client):
    octets = client.query(client.name("aaaa-nodata", "a-data"), edns=False).wire()[:-6]
    refused_or_dropped(client, octets)


@check("R-136", "RFC 1035, 4.1.4", Level.PRACTICE, "A compression pointer to itself does no harm.")
def pointer_loop_does_no_harm(client):
    header = struct.pack(">HHHHHH", 0x1234, dns.RD, 1, 0, 0, 0)
    refused_or_dropped(client, header + b"\xc0\x0c" + struct.pack(">HH", dns.AAAA, dns.IN))


@check("R-06", "RFC 9824, 3.5", Level.PRACTICE, "A query for NXNAME is a FORMERR.")
def NXNAME_is_refused(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"), dns.NXNAME)
    expect(answer.rcode == dns.FORMERR, answer)


@check("R-06", "RFC 5936, 4.2", Level.PRACTICE, "A zone transfer is not passed on.")
def zone_transfer_is_not_passed_on(client):
    owner = client.name("aaaa-nodata", "a-data")
    answer = client.ask(owner, dns.AXFR)
    expect(answer.rcode != dns.NOERROR and not client.upstream.questions(owner), answer)


@check("R-07", "RFC 6147, 5.4", Level.RULE, "The question is returned unchanged, including letter case.")
def question_keeps_its_letter_case(client):
    owner = client.name("aaaa-nodata", "a-data")
    mixed = tuple(label.swapcase() for label in owner)
    for _ in range(2):  # the second time from a cache
        answer = client.ask(mixed)
        expect(answer.question == [(mixed, dns.AAAA, dns.IN)], "different letter case in the question")
        expect(is_synthesized(client, answer, FIRST), answer)


@check("R-07", "RFC 1035, 4.1.1", Level.RULE, "RD is copied, RA is set, AA is clear for names of other servers.")
def header_bits_are_right(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"))
    expect(answer.has(dns.QR) and answer.has(dns.RD) and answer.has(dns.RA) and not answer.has(dns.AA), answer)


@check("R-08", "RFC 1035, 4.1.1", Level.PRACTICE, "Without RD, no upstream is queried.")
def no_upstream_is_queried_without_RD(client):
    owner = client.name("aaaa-nodata", "a-data")
    client.ask(owner, flags=0)
    expect(not client.upstream.questions(owner), "the upstream was asked")


@check("R-09", "RFC 6891, 6.1.4", Level.RULE, "Unknown flags of EDNS are ignored.")
def unknown_EDNS_flags_are_ignored(client):
    query = client.query(client.name("aaaa-nodata", "a-data"))
    query.additional = [dns.opt(flags=0x1234)]
    answer = client.send(query)
    expect(is_synthesized(client, answer, FIRST), answer)


@check("R-09", "RFC 1035, 4.1.1", Level.PRACTICE, "The Z bit is ignored.")
def Z_bit_is_ignored(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"), flags=dns.RD | dns.Z)
    expect(is_synthesized(client, answer, FIRST), answer)


@check("R-10", "RFC 2181, 11", Level.RULE, "Labels may hold any octet.")
def labels_hold_any_octet(client):
    owner = (b"\x00\xff a_*.",) + client.name("aaaa-nodata", "a-data")
    answer = client.ask(owner)
    expect(is_synthesized(client, answer, FIRST), answer)


@check("R-95", "RFC 6891, 6.1.1", Level.MUST, "A query with OPT is answered with OPT.")
def OPT_is_answered_by_OPT(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"))
    expect(answer.opt is not None, "no OPT record")


@check("R-95", "RFC 6891, 7", Level.MUST, "A query without OPT is answered without OPT.")
def no_OPT_without_OPT(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"), edns=False)
    expect(answer.opt is None, "an OPT record")


@check("R-95", "RFC 6891, 6.1.1", Level.MUST, "Two OPT records are a FORMERR.")
def two_OPT_records_are_refused(client):
    query = client.query(client.name("aaaa-nodata", "a-data"))
    query.additional *= 2
    answer = client.send(query, 3)
    expect(answer.rcode == dns.FORMERR, answer)


@check("R-95", "RFC 6891, 6.1.3", Level.MUST, "A version of EDNS above 0 is BADVERS.")
def unknown_EDNS_version_is_BADVERS(client):
    query = client.query(client.name("aaaa-nodata", "a-data"))
    query.additional = [dns.opt(version=1)]
    answer = client.send(query, 3)
    expect(answer.rcode == dns.BADVERS, answer)
    expect(answer.opt.ttl >> 16 & 0xff == 0, "a version other than 0 in the answer")


@check("R-95", "RFC 6891, 6.1.2", Level.PRACTICE, "An OPT record with an owner name is a FORMERR.")
def OPT_with_a_name_is_refused(client):
    query = client.query(client.name("aaaa-nodata", "a-data"))
    query.additional = [dns.opt(owner=dns.name("example.org"))]
    answer = client.send(query, 3)
    expect(answer.rcode == dns.FORMERR, answer)


@check("R-104", "RFC 6891, 6.1.2", Level.MUST, "Unknown options are ignored, and not repeated.")
def unknown_options_are_ignored(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"), opts=[(65432, b"unknown")])
    expect(is_synthesized(client, answer, FIRST), answer)
    expect(65432 not in [code for code, _ in dns.options(answer.opt)], "the unknown option in the answer")


@check("R-102", "RFC 7828, 3.3.2", Level.MUST, "The tcp-keepalive option is ignored over UDP.")
def keepalive_is_ignored_over_UDP(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"), opts=[(11, b"")])
    expect(is_synthesized(client, answer, FIRST), answer)
    expect(11 not in [code for code, _ in dns.options(answer.opt)], "a tcp-keepalive option over UDP")
