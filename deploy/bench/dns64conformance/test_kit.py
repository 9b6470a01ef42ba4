# SPDX-License-Identifier: Apache-2.0
"""Tests the kit itself: python3 -m unittest discover -s deploy/bench -p 'test_*.py'"""
import ipaddress
import socket
import sys
import threading
import unittest

sys.dont_write_bytecode = True
from dns64conformance import behaviour, check, report, suite  # noqa: E402
from dns64conformance import message as dns  # noqa: E402
from dns64conformance.check import Level, Stage  # noqa: E402
from dns64conformance.client import Client, NoAnswer  # noqa: E402
from dns64conformance.message import Message, Record  # noqa: E402
from dns64conformance.suite import Result, Verdict  # noqa: E402
from dns64conformance.upstream import Upstream  # noqa: E402


def reaction(*labels, rrtype=dns.AAAA, do=False, over_udp=True):
    owner = (b"www", b"n1") + tuple(label.encode() for label in labels) + behaviour.ZONE
    return behaviour.react(Client.query(owner, rrtype, do=do), over_udp)


class MessageTest(unittest.TestCase):
    def test_reads_what_it_writes(self):
        owner = (b"a\0b",) + dns.name("example.org")
        message = Message(4711, dns.QR | dns.RD, [(owner, dns.AAAA, dns.IN)], [Record(owner, dns.AAAA, 5, b"x" * 16)],
                          [behaviour.soa(owner, 9, 7)], [dns.opt(1232, dns.DO, opts=[(15, b"\0\6text")])])
        self.assertEqual(dns.read(message.wire()), message)
        self.assertEqual(message.extended_errors(), [6])
        self.assertEqual(dns.soa_minimum(message.authority[0]), 7)

    def test_reads_compressed_names_also_in_data(self):
        header = bytes.fromhex("0001 8180 0001 0001 0000 0000")
        question = dns.wire(dns.name("example.org")) + bytes.fromhex("000c 0001")
        answer = bytes.fromhex("c00c 000c 0001 00000001 0006") + b"\3www\xc0\x0c"
        self.assertEqual(dns.alias_target(dns.read(header + question + answer).answer[0]), dns.name("www.example.org"))

    def test_refuses_a_pointer_to_itself_and_every_cut_message(self):
        with self.assertRaises(ValueError):
            dns.read_name(b"\xc0\x00", 0)
        whole = Message(1, 0, [(dns.name("example.org"), 1, 1)], [Record((), dns.TXT, 1, b"\1x")]).wire()
        for length in range(len(whole)):
            with self.assertRaises((ValueError, IndexError, dns.struct.error), msg=length):
                dns.read(whole[:length])

    def test_joins_both_halves_of_the_rcode(self):
        self.assertEqual(Message(flags=0, additional=[Record((), dns.OPT, 1 << 24, b"")]).rcode, dns.BADVERS)


class BehaviourTest(unittest.TestCase):
    def test_every_type_has_its_own_behaviour(self):
        labels = ("aaaa-nodata-t30-m20", "a-data-t40-n2")
        denial = reaction(*labels).response
        self.assertEqual((denial.answer, denial.authority[0].ttl, dns.soa_minimum(denial.authority[0])), ([], 30, 20))
        found = reaction(*labels, rrtype=dns.A).response
        self.assertEqual([(str(ipaddress.ip_address(one.data)), one.ttl) for one in found.answer],
                         [("192.52.193.1", 40), ("192.52.193.2", 40)])

    def test_the_owner_of_the_SOA_record_is_the_parent_name_and_unique(self):
        self.assertEqual(reaction("aaaa-nodata").response.authority[0].owner[0], b"n1")

    def test_aliases_lead_to_the_final_name(self):
        answer = reaction("via-cname", "via-dname", "aaaa-data").response.answer
        self.assertEqual([one.type for one in answer], [dns.CNAME, dns.DNAME, dns.CNAME, dns.AAAA])
        self.assertEqual(dns.alias_target(answer[2]), answer[3].owner)

    def test_an_alias_may_be_cut_or_split(self):
        self.assertEqual(len(reaction("via-cut", "aaaa-data").response.answer), 1)
        targets = {dns.alias_target(reaction("via-split", "aaaa-data", "a-data", rrtype=one).response.answer[0])
                   for one in (dns.A, dns.AAAA)}
        self.assertEqual(len(targets), 2)

    def test_returns_errors_and_drops_queries(self):
        self.assertEqual(reaction("aaaa-refused").response.rcode, dns.REFUSED)
        self.assertEqual(reaction("aaaa-bogus").response.extended_errors(), [6])
        self.assertIsNone(reaction("aaaa-drop").response)

    def test_signs_only_if_DO_is_set(self):
        self.assertEqual(len(reaction("aaaa-data-g1").response.answer), 1)
        self.assertEqual(len(reaction("aaaa-data-g1", do=True).response.records(dns.RRSIG)), 1)

    def test_truncates_over_UDP_only(self):
        self.assertTrue(reaction("aaaa-data-c1").truncated_over_udp)
        self.assertFalse(reaction("aaaa-data-c1", over_udp=False).truncated_over_udp)

    def test_the_last_digit_of_an_address_selects_the_behaviour_of_its_reverse_name(self):
        for last, rcode in ((11, dns.NOERROR), (12, dns.NXDOMAIN), (15, dns.SERVFAIL)):
            owner = dns.name(f"{last}.193.52.192.in-addr.arpa")
            self.assertEqual(behaviour.react(Client.query(owner, dns.PTR)).response.rcode, rcode)


class UpstreamTest(unittest.TestCase):
    def setUp(self):
        self.upstream = Upstream()
        self.addCleanup(self.upstream.close)
        self.client = Client("127.0.0.1", self.upstream.port, "64:ff9b::/96", self.upstream)

    def test_records_questions(self):
        owner = self.client.name("aaaa-data")
        self.client.ask(owner)
        self.assertEqual(len(self.upstream.questions(owner, dns.AAAA)), 1)
        self.assertEqual(self.upstream.questions(owner, dns.A), [])

    def test_large_answers_need_TCP(self):
        owner = self.client.name("a-data-n60")
        self.assertTrue(self.client.ask(owner, dns.A).has(dns.TC))
        answer, = self.client.ask_tcp(self.client.query(owner, dns.A))
        self.assertEqual(len(answer.answer), 60)

    def test_a_forged_answer_with_a_wrong_ID_comes_first(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.settimeout(3)
            query = self.client.query(self.client.name("aaaa-data-w1"))
            sock.sendto(query.wire(), ("127.0.0.1", self.upstream.port))
            forged, right = dns.read(sock.recv(4096)), dns.read(sock.recv(4096))
        self.assertNotEqual(forged.id, query.id)
        self.assertEqual((forged.rcode, right.id, right.rcode), (dns.NXDOMAIN, query.id, dns.NOERROR))

    def test_silence_is_no_answer(self):
        with self.assertRaises(NoAnswer):
            self.client.ask(self.client.name("aaaa-drop"), patience=0.2)

    def test_malformed_messages_are_ignored(self):
        with self.assertRaises(NoAnswer):
            self.client.exchange(b"\1\2\3", 0.2)
        self.client.ask(self.client.name("aaaa-data"))


class ClientTest(unittest.TestCase):
    def test_embeds_like_the_examples_of_RFC_6052_section_2_4(self):
        for prefix, wanted in (("2001:db8::/32", "2001:db8:c000:221::"), ("2001:db8:100::/40", "2001:db8:1c0:2:21::"),
                               ("2001:db8:122::/48", "2001:db8:122:c000:2:2100::"),
                               ("2001:db8:122:300::/56", "2001:db8:122:3c0:0:221::"),
                               ("2001:db8:122:344::/64", "2001:db8:122:344:c0:2:2100::"),
                               ("2001:db8:122:344::/96", "2001:db8:122:344::192.0.2.33")):
            client = Client("127.0.0.1", 53, prefix, None)
            self.assertEqual(ipaddress.ip_address(client.embed("192.0.2.33")), ipaddress.ip_address(wanted))


class SuiteTest(unittest.TestCase):
    """The checks against servers that are not a DNS64: the kit must detect that."""

    @classmethod
    def setUpClass(cls):
        cls.upstream = Upstream()
        cls.addClassCleanup(cls.upstream.close)
        cls.client = Client("127.0.0.1", cls.upstream.port, "64:ff9b::/96", cls.upstream)

    def results(self, *stages):
        return {one.check.title: one.verdict for one in suite.run(suite.checks(*stages), self.client)}

    def test_a_plain_server_synthesizes_nothing_and_passes_checks_unrelated_to_DNS64(self):
        found = self.results(Stage.ERRORS, Stage.PREFIX)
        self.assertEqual(found["synthesis after REFUSED"], Verdict.FAIL)
        self.assertEqual(found["addresses are embedded"], Verdict.FAIL)
        self.assertEqual(suite.judge(self.check("real records win"), self.client).verdict, Verdict.PASS)
        self.assertEqual(suite.judge(self.check("synthesis after NODATA"), self.client).verdict, Verdict.FAIL)
        self.assertEqual(suite.judge(self.check("excluded records are not shown"), self.client).verdict, Verdict.FAIL)

    def test_garbage_fails_a_check(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
            server.bind(("127.0.0.1", 0))

            def answer():
                octets, sender = server.recvfrom(4096)
                server.sendto(octets[:2] + b"\xff" * 3, sender)

            threading.Thread(target=answer, daemon=True).start()
            client = Client(*server.getsockname(), "64:ff9b::/96", self.upstream)
            self.assertEqual(suite.judge(self.check("real records win"), client).verdict, Verdict.FAIL)

    @staticmethod
    def check(title):
        return next(one for one in check.ALL if one.title == title)

    def test_every_check_has_a_unique_name_and_a_well_formed_source(self):
        self.assertEqual(len({one.title for one in check.ALL}), len(check.ALL))
        for one in check.ALL:
            self.assertRegex(one.source, r"^RFC \d+, \d+(\.\d+)*$")
            self.assertRegex(one.item, r"^R-\d\d+$")
            self.assertTrue(one.sentence.endswith("."), one.sentence)

    def test_the_failed_run_of_several_counts(self):
        one = check.ALL[0]
        runs = [Result(one, Verdict.PASS), Result(one, Verdict.FAIL, "first"), Result(one, Verdict.FAIL, "second")]
        self.assertEqual(suite.merged(runs)[0].seen, "first")
        self.assertEqual(suite.merged([])[0].verdict, Verdict.NOT_APPLICABLE)


class ReportTest(unittest.TestCase):
    def test_practice_is_not_a_deviation(self):
        levels = {level: Result(check.Check("R-01", "RFC 6147, 5", level, Stage.ANSWERS, "It is.", len), Verdict.FAIL)
                  for level in Level}
        self.assertEqual([level for level, one in levels.items() if one.deviates], [Level.MUST, Level.SHOULD, Level.RULE])

    def test_writes_what_was_seen(self):
        one = Result(check.Check("R-01", "RFC 6147, 5", Level.MUST, Stage.ANSWERS, "It is.", len), Verdict.FAIL, "NOERROR")
        page = report.markdown({"bind": [one]}, {"bind": "BIND"}, {"bind": "9"}, "2026-01-01")
        self.assertIn("| RFC 6147, 5 | R-01 | MUST | It is. | **no** |", page)
        self.assertIn("- BIND: NOERROR", page)
        self.assertIn("bind: NOERROR", report.table({"bind": [one]}))
        self.assertEqual(report.data({"bind": [one]}, {})["checks"][0]["results"]["bind"]["verdict"], "fail")

    def test_RFC_6147_comes_first(self):
        sources = ["RFC 8880, 7.1", "RFC 6147, 5.1.7", "RFC 1035, 4", "RFC 6147, 5.1.2"]
        checks = [check.Check("R-01", one, Level.MUST, Stage.ANSWERS, "", len) for one in sources]
        self.assertEqual([one.source for one in sorted(checks, key=report.order)],
                         ["RFC 6147, 5.1.2", "RFC 6147, 5.1.7", "RFC 1035, 4", "RFC 8880, 7.1"])


if __name__ == "__main__":
    unittest.main()
