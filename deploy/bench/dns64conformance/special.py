# SPDX-License-Identifier: Apache-2.0
"""Names that a DNS64 answers itself: reverse names, ipv4only.arpa, resolver.arpa (RFC 6147, 5.3.1; RFC 8880; RFC 9462)."""
import ipaddress

from . import message as dns
from .behaviour import WELL_KNOWN_ADDRESSES, WELL_KNOWN_NAME
from .check import Level, addresses, check, expect, is_nodata
from .client import Client

RESOLVER = dns.name("resolver.arpa")


def pointers(answer):
    return [dns.text(dns.alias_target(one)) for one in answer.records(dns.PTR)]


@check("R-70", "RFC 6147, 5.3.1", Level.MUST, "The reverse name of an address under the prefix has an answer.")
def reverse_name_is_answered(client):
    answer = client.ask(client.reverse_name("192.52.193.11"), dns.PTR)
    expect(answer.rcode == dns.NOERROR and pointers(answer), answer)


@check("R-70", "RFC 6147, 5.3.1", Level.MUST, "The reverse name of an address under the Well-Known Prefix has an answer, with any configured prefix.")
def reverse_name_under_the_well_known_prefix_is_answered(client):
    well_known = Client(*client.server, "64:ff9b::/96", client.upstream)
    answer = client.ask(well_known.reverse_name("192.52.193.21"), dns.PTR)
    expect(answer.rcode == dns.NOERROR and pointers(answer), answer)


@check("R-72", "RFC 6147, 5.3.1", Level.SHOULD, "There is no CNAME to a name under in-addr.arpa that does not exist.")
def no_alias_to_nothing(client):
    for address in ("192.52.193.12", "192.52.193.13"):  # NXDOMAIN, NODATA
        answer = client.ask(client.reverse_name(address), dns.PTR)
        expect(not answer.records(dns.CNAME), answer)


@check("R-73", "RFC 6147, 5.3.1", Level.MUST, "Reverse names of other addresses are resolved normally.")
def other_reverse_names_are_resolved(client):
    owner = tuple(digit.encode() for digit in reversed(ipaddress.ip_address("2600::5").packed.hex())) + dns.name("ip6.arpa")
    client.ask(owner, dns.PTR)
    expect(client.upstream.questions(owner), "the upstream was not asked")


@check("R-75", "RFC 8020, 3.1", Level.PRACTICE, "A name between the prefix and its addresses exists: no NXDOMAIN.")
def names_between_exist(client):
    answer = client.ask(client.reverse_name("192.52.193.11")[3:], dns.PTR)
    expect(is_nodata(answer), answer)


@check("R-77", "RFC 8880, 7.2.1", Level.RULE, "The addresses of ipv4only.arpa have it as their reverse name.")
def reverse_name_of_ipv4only_arpa(client):
    for address in WELL_KNOWN_ADDRESSES:
        answer = client.ask(client.reverse_name(address), dns.PTR)
        expect(pointers(answer) == ["ipv4only.arpa."] and not answer.records(dns.CNAME), answer)


@check("R-79", "RFC 8880, 7.2", Level.SHOULD, "170.0.0.192.in-addr.arpa is not a special name for a resolver.")
def in_addr_arpa_names_are_not_special(client):
    owner = dns.name("170.0.0.192.in-addr.arpa")
    client.ask(owner, dns.PTR)
    expect(client.upstream.questions(owner), "the upstream was not asked")


@check("R-81", "RFC 8880, 7.1", Level.MUST, "ipv4only.arpa has the A records 192.0.0.170 and 192.0.0.171.")
def ipv4only_arpa_has_A_records(client):
    answer = client.ask(WELL_KNOWN_NAME, dns.A)
    wanted = {ipaddress.ip_address(one).packed for one in WELL_KNOWN_ADDRESSES}
    expect({one.data for one in answer.records(dns.A)} == wanted, answer)


@check("R-81", "RFC 8880, 7.1", Level.MUST, "ipv4only.arpa has their AAAA records under the prefix.")
def ipv4only_arpa_has_AAAA_records(client):
    answer = client.ask(WELL_KNOWN_NAME)
    expect(set(addresses(answer)) == {client.embed(one) for one in WELL_KNOWN_ADDRESSES}, answer)


@check("R-82", "RFC 8880, 7.1", Level.MUST, "ipv4only.arpa has no records of other types.")
def ipv4only_arpa_has_nothing_else(client):
    for rrtype in (dns.TXT, dns.MX, dns.HTTPS):
        answer = client.ask(WELL_KNOWN_NAME, rrtype)
        expect(is_nodata(answer) and not answer.answer, answer)


@check("R-82", "RFC 8880, 7.1", Level.MUST, "Names below ipv4only.arpa do not exist.")
def names_below_ipv4only_arpa_do_not_exist(client):
    answer = client.ask((b"www",) + WELL_KNOWN_NAME)
    expect(answer.rcode == dns.NXDOMAIN, answer)


def questions(client, owner):
    return [one for one in client.upstream.questions(owner) if one.type != dns.DS]


@check("R-80", "RFC 8880, 7.1", Level.MUST, "The server is authoritative for ipv4only.arpa, and queries no upstream about it.")
def no_upstream_is_queried_about_ipv4only_arpa(client):
    for owner, rrtype in ((WELL_KNOWN_NAME, dns.A), (WELL_KNOWN_NAME, dns.AAAA), (WELL_KNOWN_NAME, dns.TXT),
                          ((b"below",) + WELL_KNOWN_NAME, dns.AAAA)):
        before = len(questions(client, owner))  # a server may check whether its upstream is a DNS64 (RFC 7050)
        answer = client.ask(owner, rrtype)
        expect(len(questions(client, owner)) == before, f"the upstream was asked for {dns.text(owner)} {dns.TYPES.get(rrtype)}")
        expect(answer.has(dns.AA), answer)


@check("R-82", "RFC 8880, 7.1", Level.RULE, "A question for the DS record of ipv4only.arpa is resolved normally.")
def DS_of_ipv4only_arpa_is_resolved(client):
    client.ask(WELL_KNOWN_NAME, dns.DS)
    expect(client.upstream.questions(WELL_KNOWN_NAME, dns.DS), "the upstream was not asked")


@check("R-83", "RFC 8880, 7.1", Level.MUST, "ipv4only.arpa has its AAAA records for clients that set CD or DO too.")
def ipv4only_arpa_for_validating_clients(client):
    for flags, do in ((dns.RD | dns.CD, False), (dns.RD, True)):
        answer = client.ask(WELL_KNOWN_NAME, flags=flags, do=do)
        expect(set(addresses(answer)) == {client.embed(one) for one in WELL_KNOWN_ADDRESSES}, answer)


@check("R-85", "RFC 9462, 6.4", Level.SHOULD, "resolver.arpa is answered locally and not passed on.")
def resolver_arpa_is_not_passed_on(client):
    for owner, rrtype in (((b"_dns",) + RESOLVER, dns.SVCB), (RESOLVER, dns.TXT)):
        answer = client.ask(owner, rrtype)
        expect(answer.rcode == dns.NOERROR, answer)
        expect(not client.upstream.questions(owner), "the upstream was asked")
