# SPDX-License-Identifier: Apache-2.0
"""Sizes, truncation and TCP, towards clients and upstreams; forged answers (RFC 7766, RFC 5452)."""
from . import message as dns
from .check import Level, Stage, addresses, check, expect, is_synthesized
from .synthesis import FIRST, REAL


@check("R-96", "RFC 6891, 6.2.3", Level.MUST, "A payload size below 512 counts as 512.")
def small_payload_sizes_count_as_512(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data-n8"), payload=100)
    expect(not answer.has(dns.TC) and len(addresses(answer)) == 8, answer)


@check("R-96", "RFC 6891, 6.2.3", Level.RULE, "No answer over UDP is larger than the client can take.")
def answers_fit_the_payload_size(client):
    for payload, edns in ((1232, True), (512, True), (512, False)):
        query = client.query(client.name("aaaa-nodata", "a-data-n60"), payload=payload, edns=edns)
        length = len(client.exchange(query.wire()))
        expect(length <= payload, f"{length} bytes instead of {payload}")


@check("R-97", "RFC 2181, 9", Level.RULE, "The TC bit is set if records were omitted.")
def truncation_sets_TC(client):
    answer = client.ask(client.name("aaaa-nodata", "a-data-n60"))
    expect(answer.has(dns.TC), answer)


@check("R-99", "RFC 7766, 5", Level.MUST, "Queries over TCP are answered, with all records.")
def TCP_is_served(client):
    answer, = client.ask_tcp(client.query(client.name("aaaa-nodata", "a-data-n60")))
    expect(not answer.has(dns.TC) and len(addresses(answer)) == 60, answer)


@check("R-99", "RFC 7766, 5", Level.MUST, "A truncated A answer is queried again over TCP before AAAA records are synthesized.")
def truncated_A_answer_is_fetched_over_TCP(client):
    owner = client.name("aaaa-nodata", "a-data-c1")
    answer = client.ask(owner)
    expect(is_synthesized(client, answer, FIRST), answer)
    expect(not all(one.over_udp for one in client.upstream.questions(owner, dns.A)), "no question over TCP")


@check("R-99", "RFC 7766, 5", Level.MUST, "A truncated AAAA answer does not count as empty.")
def truncated_AAAA_answer_is_fetched_over_TCP(client):
    answer = client.ask(client.name("aaaa-data-c1", "a-data"))
    expect(addresses(answer) == [REAL], answer)


@check("R-100", "RFC 7766, 6.2.1.1", Level.MUST, "Several queries on one connection are all answered.")
def pipelined_queries_are_answered(client):
    queries = [client.query(client.name("aaaa-nodata", "a-data")) for _ in range(5)]
    answers = client.ask_tcp(*queries)
    expect({one.id for one in answers} == {one.id for one in queries}, "IDs that were not in the queries")


@check("R-100", "RFC 7766, 6.2.1.1", Level.SHOULD, "Queries on one connection are processed in parallel.")
def slow_query_does_not_block_the_next(client):
    slow = client.query(client.name("aaaa-nodata-d1200", "a-data"))
    fast = client.query(client.name("aaaa-nodata", "a-data"))
    fast.id = slow.id ^ 1
    answers = client.ask_tcp(slow, fast)
    expect([one.id for one in answers] == [fast.id, slow.id], "the second answer waited for the first")


@check("R-111", "RFC 5452, 9.1", Level.MUST, "An answer with a wrong ID is ignored, and the server waits for the right one.")
def wrong_IDs_are_passed_over(client):
    for labels in (("aaaa-nodata-w1", "a-data"), ("aaaa-nodata", "a-data-w1")):
        answer = client.ask(client.name(*labels), patience=5)
        expect(is_synthesized(client, answer, FIRST), answer)


@check("R-112", "RFC 5452, 9.2", Level.MUST, "Questions to upstreams use many source ports and unpredictable IDs.")
def ports_and_IDs_vary(client):
    asked = []
    for _ in range(20):
        owner = client.name("aaaa-data", "a-data")
        client.ask(owner)
        asked += [one for one in client.upstream.questions(owner, dns.AAAA) if one.over_udp][:1]
    expect(len(asked) == 20, f"only {len(asked)} of 20 questions over UDP")
    ports, steps = {one.port for one in asked}, {(b.id - a.id) % 65536 for a, b in zip(asked, asked[1:])}
    expect(len(ports) >= 15, f"{len(ports)} ports in 20 questions")
    expect(len(steps) >= 15, "IDs in regular steps")


@check("R-115", "RFC 6891, 7", Level.PRACTICE, "An upstream that answers EDNS with FORMERR is queried without EDNS.", Stage.ERRORS)
def upstream_without_EDNS_is_understood(client):
    answer = client.ask(client.name("aaaa-nodata-f1", "a-data-f1"))
    expect(is_synthesized(client, answer, FIRST), answer)
