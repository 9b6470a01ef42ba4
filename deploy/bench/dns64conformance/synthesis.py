# SPDX-License-Identifier: Apache-2.0
"""When AAAA records are synthesized, and from which records (RFC 6147, sections 5.1 to 5.1.7)."""
import ipaddress
import time

from . import message as dns
from .check import Level, Stage, addresses, check, expect, is_nodata, is_synthesized, ttl

FIRST = "192.52.193.1"
REAL = ipaddress.ip_address("2001:db8:1::1").packed


@check("R-01", "RFC 6147, 5.1", Level.MUST, "Nothing is synthesized in classes other than IN.")
def no_synthesis_in_class_CH(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"), dclass=dns.CH)
    expect(not addresses(answer), answer)


@check("R-04", "RFC 6147, 5.3.3", Level.MUST, "The answer to ANY contains no synthesized AAAA record.")
def no_synthesis_for_ANY(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"), dns.ANY)
    expect(client.embed(FIRST) not in addresses(answer), answer)


@check("R-11", "RFC 6147, 5.1.1", Level.MUST, "Real AAAA records are returned alone.")
def real_records_win(client):
    answer = client.ask(client.name("aaaa-data", "a-data"))
    expect(addresses(answer) == [REAL], answer)


@check("R-13", "RFC 6147, 5.1.6", Level.RULE, "If there are no AAAA records, they are synthesized from A records.")
def synthesis_after_NODATA(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"))
    expect(is_synthesized(client, answer, FIRST), answer)


@check("R-14", "RFC 6147, 5.1.2", Level.RULE, "NXDOMAIN for AAAA is returned to the client.")
def NXDOMAIN_is_final(client):
    answer = client.ask(client.name("aaaa-nxdomain", "a-data"))
    expect(answer.rcode == dns.NXDOMAIN and not addresses(answer), answer)


@check("R-14", "RFC 6604, 3", Level.MUST, "A chain of aliases that ends in NXDOMAIN has that RCODE.")
def NXDOMAIN_behind_an_alias_is_final(client):
    answer = client.ask(client.name("via-cname", "aaaa-nxdomain", "a-nxdomain"))
    expect(answer.rcode == dns.NXDOMAIN and answer.records(dns.CNAME), answer)


def error_means_no_aaaa(kind):
    def run(client):
        answer = client.ask(client.name("aaaa-" + kind, "a-data"), patience=8)
        expect(is_synthesized(client, answer, FIRST), answer)
    run.__name__ = f"synthesis_after_{kind.upper()}"
    check("R-15", "RFC 6147, 5.1.2", Level.RULE, f"{kind.upper()} for AAAA counts as no AAAA records.", Stage.ERRORS)(run)


for error in ("servfail", "refused", "notimp", "formerr"):
    error_means_no_aaaa(error)


@check("R-16", "RFC 6147, 5.1.3", Level.RULE, "No answer for AAAA counts as SERVFAIL: A records are used, even if late.",
       Stage.SILENCE)
def synthesis_after_timeout(client):
    answer = client.ask(client.name("aaaa-drop", "a-data"), patience=40)
    expect(is_synthesized(client, answer, FIRST), answer)


@check("R-16", "RFC 6147, 5.1.3", Level.PRACTICE, "After no answer for AAAA, synthesis takes less than the 5 s that a stub resolver waits.", Stage.SILENCE)
def synthesis_after_timeout_in_time(client):
    answer = client.ask(client.name("aaaa-drop", "a-data"), patience=5)
    expect(is_synthesized(client, answer, FIRST), answer)


@check("R-28", "RFC 6147, 5.1.1", Level.PRACTICE, "Real records that take 1.2 s are in the next answer, if not in the first.",
       Stage.SILENCE)
def late_real_records_replace_synthetic_ones(client):
    owner = client.name("aaaa-data-d1200", "a-data-t1")
    client.ask(owner)
    time.sleep(1.5)
    answer = client.ask(owner)
    expect(addresses(answer) == [REAL], answer)


@check("R-30", "RFC 6147, 5.1.4", Level.SHOULD, "If all AAAA records are in ::ffff:0:0/96, they count as none, by default.")
def excluded_records_count_as_none(client):
    answer = client.ask(client.name("aaaa-excluded", "a-data"))
    expect(is_synthesized(client, answer, FIRST), answer)


@check("R-30", "RFC 6147, 5.1.4", Level.SHOULD, "Excluded records are not returned, even if there is no A record.")
def excluded_records_are_not_shown(client):
    answer = client.ask(client.name("aaaa-excluded", "a-nodata"))
    expect(is_nodata(answer), answer)


@check("R-31", "RFC 6147, 5.1.4", Level.SHOULD, "If only some AAAA records are excluded, the others are returned, by default.")
def excluded_records_are_taken_out(client):
    answer = client.ask(client.name("aaaa-mixed", "a-data"))
    expect(addresses(answer) == [REAL], answer)


@check("R-23", "RFC 6147, 5.1.6", Level.RULE, "An error for A is returned as an error, not as a denial.", Stage.ERRORS)
def error_of_A_is_returned(client):
    answer = client.ask(client.name("aaaa-nodata", "a-servfail"))
    expect(answer.rcode == dns.SERVFAIL, answer)


@check("R-24", "RFC 6147, 5.1.6", Level.RULE, "No answer for A is returned as an error, not as a denial.", Stage.SILENCE)
def timeout_of_A_is_no_denial(client):
    answer = client.ask(client.name("aaaa-nodata", "a-drop"), patience=40)
    expect(answer.rcode == dns.SERVFAIL, answer)


@check("R-25", "RFC 6147, 5.1.6", Level.RULE, "REFUSED for A is returned as an error, not as a denial.", Stage.ERRORS)
def REFUSED_of_A_is_no_denial(client):
    answer = client.ask(client.name("aaaa-nodata", "a-refused"))
    expect(answer.rcode != dns.NOERROR, answer)


@check("R-23", "RFC 6147, 5.1.6", Level.RULE, "NXDOMAIN for A is the basis of the answer.")
def NXDOMAIN_of_A_is_returned(client):
    answer = client.ask(client.name("aaaa-nodata", "a-nxdomain"))
    expect(answer.rcode == dns.NXDOMAIN, answer)


@check("R-26", "RFC 6147, 5.4", Level.RULE, "Without A records the client gets the answer to its own question: NODATA.")
def NODATA_of_both_is_NODATA(client):
    answer = client.ask(client.name("aaaa-nodata", "a-nodata"))
    expect(is_nodata(answer), answer)


@check("R-26", "RFC 6147, 5.1.6", Level.PRACTICE, "SERVFAIL for AAAA and no A record do not prove NODATA.", Stage.ERRORS)
def SERVFAIL_and_NODATA_are_no_denial(client):
    answer = client.ask(client.name("aaaa-servfail", "a-nodata"))
    expect(answer.rcode == dns.SERVFAIL, answer)


@check("R-27", "RFC 6147, 5.1.3", Level.PRACTICE, "If no upstream answers, the client gets an error within 5 s.", Stage.SILENCE)
def timeout_is_reported_in_time(client):
    answer = client.ask(client.name("aaaa-drop", "a-drop"), patience=5)
    expect(answer.rcode == dns.SERVFAIL, answer)


@check("R-27", "RFC 9520, 3.2", Level.PRACTICE, "After a timeout, the same question gets the error at once.", Stage.SILENCE)
def timeout_is_cached(client):
    owner = client.name("aaaa-drop", "a-drop")
    client.ask(owner, patience=40)
    start = time.monotonic()
    client.ask(owner, patience=40)
    expect(time.monotonic() - start < 0.5, f"the second answer took {time.monotonic() - start:.1f} s")


@check("R-39", "RFC 6052, 2.2", Level.MUST, "The IPv4 address is at the position given by the prefix length; the other bits after the prefix are 0.",
       Stage.PREFIX)
def addresses_are_embedded(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data"))
    expect(is_synthesized(client, answer, FIRST), answer)


@check("R-35", "RFC 6052, 3.1", Level.MUST, "The Well-Known Prefix does not represent private addresses.", Stage.WELL_KNOWN)
def well_known_prefix_is_for_global_addresses(client):
    answer = client.ask(client.name("aaaa-nodata", "a-private"))
    expect(not addresses(answer), answer)


@check("R-35", "RFC 6052, 3.1", Level.MUST, "Each A record is checked separately: the global one is used.", Stage.WELL_KNOWN)
def well_known_prefix_passes_private_ones_over(client):
    answer = client.ask(client.name("aaaa-nodata", "a-mixedscope"))
    expect(addresses(answer) == [client.embed(FIRST)], answer)


@check("R-44", "RFC 2181, 5", Level.SHOULD, "A duplicate record is returned once.")
def duplicates_are_suppressed(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data-r1"))
    expect(is_synthesized(client, answer, FIRST), answer)


@check("R-47", "RFC 6147, 5.1.6", Level.RULE, "Each A record has its AAAA record, and no A record is left.")
def every_A_record_has_its_AAAA_record(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data-n3"))
    wanted = {client.embed(f"192.52.193.{i}") for i in (1, 2, 3)}
    expect(set(addresses(answer)) == wanted and not answer.records(dns.A), answer)


@check("R-60", "RFC 6147, 5.1.7", Level.RULE, "The TTL is at most that of the SOA record that denied AAAA.")
def TTL_of_the_SOA_record_limits(client):
    answer = client.ask(client.name("aaaa-nodata-t60", "a-data-t3000"))
    expect(ttl(answer) <= 60, answer)


@check("R-60", "RFC 6147, 5.1.7", Level.RULE, "The TTL is at most that of the A record.")
def TTL_of_the_A_record_limits(client):
    answer = client.ask(client.name("aaaa-nodata-t3000", "a-data-t60"))
    expect(ttl(answer) <= 60, answer)


@check("R-61", "RFC 2308, 5", Level.PRACTICE, "MINIMUM of the SOA record limits the TTL too, as it does for the denial.")
def MINIMUM_of_the_SOA_record_limits(client):
    answer = client.ask(client.name("aaaa-nodata-t3000-m60", "a-data-t3000"))
    expect(ttl(answer) <= 60, answer)


@check("R-62", "RFC 6147, 5.1.7", Level.SHOULD, "Without SOA record the TTL is at most 600.")
def TTL_without_SOA_record(client):
    answer = client.ask(client.name("aaaa-bare", "a-data-t3000"))
    expect(ttl(answer) <= 600, answer)


@check("R-63", "RFC 6147, 5.1.7", Level.PRACTICE, "After an error for AAAA the TTL is at most 600.", Stage.ERRORS)
def TTL_after_an_error(client):
    answer = client.ask(client.name("aaaa-servfail", "a-data-t3000"))
    expect(ttl(answer) <= 600, answer)
