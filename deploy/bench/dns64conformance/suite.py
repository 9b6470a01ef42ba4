# SPDX-License-Identifier: Apache-2.0
"""Runs checks against one server, in parallel."""
import concurrent.futures
import dataclasses
import enum
import struct

from . import assembly, caching, queries, special, synthesis, transport  # noqa: F401 - they register their checks
from .check import ALL, Check, Failed, Level, NotApplicable
from .client import NoAnswer

PARALLEL = 12


class Verdict(enum.Enum):
    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "n/a"


@dataclasses.dataclass(frozen=True)
class Result:
    check: Check
    verdict: Verdict
    seen: str = ""

    @property
    def deviates(self):
        """Whether the server breaks a rule of an RFC; practice is not a rule of an RFC."""
        return self.verdict == Verdict.FAIL and self.check.level != Level.PRACTICE


def checks(*stages):
    return [one for stage in stages for one in ALL if one.stage == stage]


def judge(check, client):
    try:
        check.run(client)
        return Result(check, Verdict.PASS)
    except NotApplicable as e:
        return Result(check, Verdict.NOT_APPLICABLE, str(e))
    except (Failed, NoAnswer) as e:
        return Result(check, Verdict.FAIL, str(e))
    except (ValueError, IndexError, struct.error) as e:
        return Result(check, Verdict.FAIL, f"malformed answer: {e}")


def run(wanted, client):
    """The results of these checks, in their order."""
    with concurrent.futures.ThreadPoolExecutor(PARALLEL) as pool:
        return list(pool.map(lambda check: judge(check, client), wanted))


def merged(results):
    """One result for each check: that of the first failed run, or of the first run if none failed."""
    found = {}
    for result in results:
        if result.check not in found or result.verdict == Verdict.FAIL != found[result.check].verdict:
            found[result.check] = result
    return [found.get(check, Result(check, Verdict.NOT_APPLICABLE)) for check in ALL]
