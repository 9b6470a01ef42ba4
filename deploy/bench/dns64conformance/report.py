# SPDX-License-Identifier: Apache-2.0
"""Writes the results as tables and as JSON."""
import re

from .check import Level
from .suite import Verdict

MARKS = {Verdict.PASS: "pass", Verdict.FAIL: "**no**", Verdict.NOT_APPLICABLE: "n/a"}

INTRODUCTION = """# DNS64 conformance of resolvers

Results of `deploy/bench/dns64-conformance --markdown FILE` on {date}:

{versions}

Each had the configuration that the script writes: DNS64 for all clients, one forwarder, validation without a trust
anchor, and defaults otherwise. The forwarder is a scripted upstream whose names say how it behaves. With `--serve` it can
be queried by hand; `deploy/bench/dns64conformance/behaviour.py` explains the names.

A rule of the level MUST, SHOULD or "rule" (the RFC describes instead of requiring) is in the RFC that is named. A rule of
the level "practice" is in no RFC, or in one that a server need not implement: there, **no** is not a deviation. Defaults
are checked; a server may keep more rules with additional configuration. If several rules cover a failure, it counts once
for each.

| | {header} |
|---|{dashes}|
| rules of RFCs kept | {kept} |
| deviations from MUST, SHOULD or rule | {deviations} |
| practice not followed | {practice} |
"""


def order(check):
    """RFC 6147 first, then the others by number and section."""
    rfc, *section = [int(number) for number in re.findall(r"\d+", check.source)]
    return rfc != 6147, rfc, section, check.item


def rows(results):
    """The checks by RFC section, each with the results of all servers."""
    found = {}
    for name, several in results.items():
        for result in several:
            found.setdefault(result.check, {})[name] = result
    return sorted(found.items(), key=lambda row: order(row[0]))


def table(results):
    """Text: one line for each check, and below it what was seen if it failed."""
    lines, section = [], None
    names = list(results)
    for check, by_name in rows(results):
        if check.source != section:
            section = check.source
            lines.append(f"\n{section:74}" + "".join(f"{name:>9}" for name in names))
        verdicts = "".join(f"{by_name[name].verdict.value:>9}" for name in names)
        lines.append(f"  {check.item:6}{check.level.value:9}{check.title[:55]:57}" + verdicts)
        lines += [f"           {name}: {one.seen}" for name, one in by_name.items() if one.verdict == Verdict.FAIL]
    lines.append("")
    for name, several in results.items():
        verdicts = [one.verdict for one in several]
        applicable = len(verdicts) - verdicts.count(Verdict.NOT_APPLICABLE)
        lines.append(f"{name}: {verdicts.count(Verdict.PASS)} of {applicable} kept, "
                     f"{sum(one.deviates for one in several)} deviations from RFCs")
    return "\n".join(lines).lstrip("\n")


def data(results, versions):
    """For JSON."""
    return {
        "versions": versions,
        "checks": [{
            "item": check.item, "source": check.source, "level": check.level.value, "check": check.title,
            "sentence": check.sentence,
            "results": {name: {"verdict": one.verdict.value, "seen": one.seen} for name, one in by_name.items()},
        } for check, by_name in rows(results)]}


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def markdown(results, titles, versions, date):
    names = list(results)
    several = list(results.values())

    def count(condition):
        return " | ".join(str(sum(condition(one) for one in own)) for own in several)

    page = INTRODUCTION.format(
        date=date, versions="\n".join(f"- {titles[name]} {versions[name]}".rstrip() for name in names),
        header=" | ".join(titles[name] for name in names), dashes="---|" * (len(names) - 1) + "---",
        kept=count(lambda one: one.verdict == Verdict.PASS and one.check.level != Level.PRACTICE),
        deviations=count(lambda one: one.deviates),
        practice=count(lambda one: one.verdict == Verdict.FAIL and one.check.level == Level.PRACTICE))
    page += "\n## Results\n\n| source | item | level | rule | " + " | ".join(titles[name] for name in names) + " |\n"
    page += "|---|---|---|---|" + "---|" * len(names) + "\n"
    for check, by_name in rows(results):
        verdicts = " | ".join(MARKS[by_name[name].verdict] for name in names)
        page += f"| {check.source} | {check.item} | {check.level.value} | {cell(check.sentence)} | {verdicts} |\n"
    page += "\n## What was seen instead\n\n"
    for check, by_name in rows(results):
        failed = {name: one for name, one in by_name.items() if one.verdict == Verdict.FAIL}
        if failed:
            page += f"{check.source}, {check.item} ({check.level.value}): {check.sentence}\n\n"
            page += "".join(f"- {titles[name]}: {one.seen}\n" for name, one in failed.items()) + "\n"
    return page.rstrip("\n") + "\n"
