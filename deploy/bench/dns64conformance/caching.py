# SPDX-License-Identifier: Apache-2.0
"""What is cached, and for how long (RFC 2308, RFC 2181, RFC 9520)."""
import concurrent.futures
import time

from . import message as dns
from .check import Level, NotApplicable, Stage, addresses, check, expect, is_synthesized, ttl
from .synthesis import FIRST


def asked_again(client, owner, rrtype, wait=0.2, second=None):
    """Asks, waits and asks again; whether the second question, for the second name if given, reached the upstream."""
    client.ask(owner, rrtype)
    time.sleep(wait)
    name, kind = second or (owner, rrtype)
    before = len(client.upstream.questions(name, kind))
    client.ask(name, kind)
    return len(client.upstream.questions(name, kind)) > before


@check("R-64", "RFC 6147, 5.1.7", Level.RULE, "The TTL of synthetic records counts down.")
def TTLs_count_down(client):
    owner = client.name("aaaa-nodata-t100", "a-data-t100")
    first = ttl(client.ask(owner))
    time.sleep(2.2)
    second = ttl(client.ask(owner))
    expect(first - 4 <= second <= first - 2, f"TTL {first}, and {second} after 2.2 s")


@check("R-64", "RFC 6147, 5.1.7", Level.RULE, "Both TTLs count down: that of the A record, and that of the denial.")
def TTLs_of_both_answers_count(client):
    owner = client.name("aaaa-nodata-t5", "a-data-t100")
    if ttl(client.ask(owner)) > 5:
        raise NotApplicable("the TTL of the denial is not used at all")
    time.sleep(2.2)
    answer = client.ask(owner)
    expect(ttl(answer) <= 3, answer)


@check("R-65", "RFC 2181, 8", Level.SHOULD, "A TTL with its highest bit set counts as 0.")
def huge_TTL_counts_as_0(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data-t4000000000"))
    expect(ttl(answer) <= 1, answer)


@check("R-65", "RFC 2181, 5.2", Level.SHOULD, "Records of one set with different TTLs get the lowest.")
def lowest_TTL_of_a_set_counts(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data-t60-n3-v1"))
    expect(len(addresses(answer)) == 3 and all(one.ttl <= 60 for one in answer.records(dns.AAAA)), answer)


@check("R-66", "RFC 1035, 3.2.1", Level.SHOULD, "An answer with TTL 0 is not cached.")
def TTL_0_is_not_kept(client):
    expect(asked_again(client, client.name("a-data-t0"), dns.A, 1.2), "the second answer came from a cache")


@check("R-67", "RFC 2308, 5", Level.MUST, "A denial is not used beyond its TTL.")
def denials_end(client):
    expect(asked_again(client, client.name("aaaa-nodata-t1", "a-nodata-t1"), dns.AAAA, 3.2), "a denial of 1 s lived for 3 s")


@check("R-88", "RFC 2308, 6", Level.MUST, "A denial from the cache has its SOA record, and its TTL counts down.")
def SOA_record_counts_down(client):
    owner = client.name("a-nodata-t100")
    client.ask(owner, dns.A)
    time.sleep(2.2)
    answer = client.ask(owner, dns.A)
    records = answer.records(dns.SOA, "authority")
    expect(len(records) == 1 and 90 <= records[0].ttl <= 98, answer)


@check("R-88", "RFC 2308, 5", Level.PRACTICE, "The TTL of a denial is at most MINIMUM, even if the upstream's TTL is higher.")
def MINIMUM_limits_a_denial(client):
    expect(asked_again(client, client.name("a-nodata-t100-m1"), dns.A, 2.2), "a denial with MINIMUM 1 lived for 2 s")


@check("R-88", "RFC 2308, 5", Level.SHOULD, "NXDOMAIN is cached for all types of a name.")
def NXDOMAIN_is_kept_for_all_types(client):
    owner = client.name("aaaa-nxdomain", "a-nxdomain")
    expect(not asked_again(client, owner, dns.AAAA, second=(owner, dns.TXT)), "the upstream was asked for TXT after NXDOMAIN")


@check("R-88", "RFC 2308, 5", Level.SHOULD, "A denial without SOA record is not cached.")
def denial_without_SOA_is_not_kept(client):
    expect(asked_again(client, client.name("a-bare"), dns.A, 1.2), "the second answer came from a cache")


@check("R-89", "RFC 8020, 2", Level.SHOULD, "No name exists below a name that does not exist.")
def NXDOMAIN_covers_what_is_below(client):
    owner = client.name("aaaa-nxdomain", "a-nxdomain")
    below = (b"below",) + owner
    expect(not asked_again(client, owner, dns.AAAA, second=(below, dns.AAAA)), "the upstream was asked for a name below")


@check("R-86", "RFC 9520, 3.2", Level.MUST, "A failure is cached for at least a second.", Stage.ERRORS)
def failures_are_kept(client):
    expect(not asked_again(client, client.name("a-servfail"), dns.A, 0.1), "the upstream was asked again after 0.1 s")


@check("R-94", "RFC 5452, 5", Level.PRACTICE, "The same question from many clients is sent once.")
def same_questions_are_asked_once(client):
    owner = client.name("aaaa-nodata-d40", "a-data")  # short enough for servers that repeat questions early
    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: client.ask(owner), range(10)))
    expect(all(is_synthesized(client, one, FIRST) for one in answers), answers[0])
    asked = len(client.upstream.questions(owner, dns.AAAA))
    expect(asked <= 4, f"{asked} questions for 10 clients")
