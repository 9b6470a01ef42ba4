# SPDX-License-Identifier: Apache-2.0
"""Aliases, and how the answer is assembled (RFC 6147, sections 5.1.5 and 5.3 to 5.5)."""
import ipaddress

from . import message as dns
from .behaviour import FOREIGN_OPTION, other_data
from .check import Level, NotApplicable, Stage, addresses, check, expect, is_synthesized
from .synthesis import FIRST, REAL


def follows_one_chain(owner, answer):
    """Whether the answer is a chain of aliases from the name asked for to AAAA records, and nothing else."""
    end, left = dns.lower(owner), [record for record in answer.answer if record.type != dns.DNAME]
    while alias := next((one for one in left if one.type == dns.CNAME and dns.lower(one.owner) == end), None):
        left.remove(alias)
        end = dns.lower(dns.alias_target(alias))
    return bool(left) and all(one.type == dns.AAAA and dns.lower(one.owner) == end for one in left)


@check("R-22", "RFC 6147, 5.1.5", Level.RULE, "Behind aliases, AAAA records are synthesized for the final name and follow the chain.")
def chain_precedes_synthetic_records(client):
    owner = client.name("via-cname", "via-cname", "aaaa-nodata", "a-data")
    answer = client.ask(owner)
    expect(is_synthesized(client, answer, FIRST) and follows_one_chain(owner, answer), answer)
    expect(len(answer.records(dns.CNAME)) == 2, answer)


@check("R-22", "RFC 6147, 5.1.5", Level.RULE, "Real AAAA records behind aliases are returned.")
def real_records_behind_aliases_win(client):
    owner = client.name("via-cname", "aaaa-data", "a-data")
    answer = client.ask(owner)
    expect(addresses(answer) == [REAL] and follows_one_chain(owner, answer), answer)


@check("R-48", "RFC 6147, 5.1.5", Level.PRACTICE, "Where AAAA and A lead along different aliases, the answer has one chain.")
def different_chains_are_not_mixed(client):
    owner = client.name("via-split", "aaaa-nodata", "a-data")
    answer = client.ask(owner)
    expect(is_synthesized(client, answer, FIRST) and follows_one_chain(owner, answer), answer)


@check("R-49", "RFC 6147, 5.1.5", Level.RULE, "A DNAME record is part of the chain.")
def DNAME_is_kept(client):
    owner = client.name("via-dname", "aaaa-nodata", "a-data")
    answer = client.ask(owner)
    expect(is_synthesized(client, answer, FIRST) and answer.records(dns.DNAME) and follows_one_chain(owner, answer), answer)


@check("R-50", "RFC 6147, 5.1.5", Level.RULE, "A chain that the upstream leaves unfinished is followed.")
def unfinished_chain_is_followed(client):
    owner = client.name("via-cut", "aaaa-nodata", "a-data")
    answer = client.ask(owner)
    expect(is_synthesized(client, answer, FIRST) and follows_one_chain(owner, answer), answer)


@check("R-50", "RFC 1034, 3.6.2", Level.PRACTICE, "A loop of aliases ends in an answer within 5 s.", Stage.ERRORS)
def loop_of_aliases_ends(client):
    client.ask(client.name("via-loop", "aaaa-nodata", "a-data"), patience=5)


@check("R-02", "RFC 6147, 5.3.3", Level.MUST, "A records are returned unchanged.")
def A_records_pass(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"), dns.A)
    expect([one.data for one in answer.answer] == [ipaddress.ip_address(FIRST).packed], answer)


@check("R-02", "RFC 6147, 5.3.3", Level.MUST, "MX, SRV, TXT and NS records are returned unchanged.")
def other_records_pass(client):
    for rrtype in (dns.MX, dns.SRV, dns.TXT, dns.NS):
        answer = client.ask(client.name("aaaa-nodata", "a-data"), rrtype)
        expect([one.data for one in answer.records(rrtype)] == [other_data(rrtype)], answer)


@check("R-135", "RFC 3597, 3", Level.RULE, "Records of unknown types are returned unchanged.")
def unknown_types_pass(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"), dns.UNKNOWN_TYPE)
    expect([one.data for one in answer.answer] == [other_data(dns.UNKNOWN_TYPE)], answer)


@check("R-03", "RFC 9460, 4.2.1", Level.MUST, "Address hints of HTTPS and SVCB records are unchanged.")
def hints_stay(client):
    for rrtype in (dns.HTTPS, dns.SVCB):
        answer = client.ask(client.name("aaaa-nodata", "a-data"), rrtype)
        expect([one.data for one in answer.answer] == [other_data(rrtype)], answer)


@check("R-52", "RFC 6147, 5.3.2", Level.MUST, "Nothing is synthesized in the additional section.")
def nothing_is_synthesized_in_the_additional_section(client):
    made = client.embed("192.52.193.53")
    for rrtype, labels in ((dns.MX, ("aaaa-nodata", "a-data")), (dns.AAAA, ("aaaa-nodata", "a-data-x1"))):
        answer = client.ask(client.name(*labels), rrtype)
        expect(made not in [one.data for one in answer.additional], "additional section with an AAAA record made from glue")


@check("R-51", "RFC 6147, 5.4", Level.RULE, "Authority is that of the A answer: no SOA record that denies AAAA.")
def no_denial_beside_synthetic_records(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"))
    expect(is_synthesized(client, answer, FIRST) and not answer.records(dns.SOA, "authority"), answer)


@check("R-51", "RFC 6147, 5.4", Level.RULE, "A denial is that of the client's own question: it has one SOA record.")
def denial_has_one_SOA_record(client):
    for labels in (("aaaa-nodata", "a-nodata"), ("aaaa-nxdomain", "a-nxdomain")):
        answer = client.ask(client.name(*labels))
        expect(len(answer.records(dns.SOA, "authority")) == 1, answer)


@check("R-54", "RFC 6891, 6.1.1", Level.MUST, "The OPT record of the upstream is not passed on.")
def foreign_options_are_not_passed_on(client):
    for rrtype, labels in ((dns.AAAA, ("aaaa-nodata-e1", "a-data-e1")), (dns.A, ("aaaa-nodata", "a-data-e1"))):
        answer = client.ask(client.name(*labels), rrtype)
        expect(FOREIGN_OPTION not in dns.options(answer.opt), "the option 65001 of the upstream in the answer")
        expect(len([one for one in answer.additional if one.type == dns.OPT]) == 1, "not exactly one OPT record")


@check("R-55", "RFC 6147, 5.5", Level.PRACTICE, "Signatures over A records are not returned with synthesized AAAA records.")
def no_signature_over_removed_records(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data-g1"), do=True)
    if not addresses(answer):
        raise NotApplicable("signed records are not used for synthesis")
    expect(not answer.records(dns.RRSIG), answer)


@check("R-121", "RFC 6147, 5.5", Level.MUST, "With neither DO nor CD the AD bit is clear.")
def AD_is_clear(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"))
    expect(not answer.has(dns.AD), answer)


@check("R-123", "RFC 6147, 5.5", Level.MUST, "With DO and CD set, nothing is synthesized: the client does it.")
def no_synthesis_for_validating_clients(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"), flags=dns.RD | dns.CD, do=True)
    expect(not addresses(answer), answer)


@check("R-122", "RFC 6147, 5.5", Level.PRACTICE, "With DO set and CD clear, AAAA records of an unsigned zone are synthesized.")
def synthesis_for_DO(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"), do=True)
    expect(is_synthesized(client, answer, FIRST), answer)


@check("R-124", "RFC 4035, 3.2.2", Level.MUST, "The CD bit is copied into the answer.")
def CD_is_copied(client):
    for labels in (("aaaa-data", "a-data"), ("aaaa-nodata", "a-data")):
        answer = client.ask(client.name(*labels), flags=dns.RD | dns.CD, do=True)
        expect(answer.has(dns.CD), answer)
