"""The results of the comparison: a line of JSON each, and a table for people."""
import json

from setting import ROOT

LINES = ROOT / "Benchmarks/results.jsonl"
PAGE = ROOT / "Benchmarks/RESULTS.md"


def result(case, ours, name, peer, program):
    """A line of the results."""
    ratio = peer.wall / ours.wall
    return {
        "case": case.name,
        "beside": name,
        "ours": figures(case, ours),
        "peer": figures(case, peer),
        "ratio": digits(ratio),
        "cpu_ratio": digits(peer.cpu / ours.cpu) if ours.cpu else None,
        "aim": case.aimed(),
        "met": case.aim.is_met(ours, ratio) if case.aimed() else None,
        "command": {"ours": str(case.ours), "peer": str(program)},
    }


def figures(case, taken):
    return {
        "shown": case.shown(taken.wall), "seconds": digits(taken.wall), "cpu_seconds": digits(taken.cpu),
        "memory_mb": round(taken.memory),
    }


def digits(value):
    return float(f"{value:.3g}")


def line(found, is_quick):
    """What is printed when a case is done; what a quick run reaches says nothing of aims."""
    ours, peer = found["ours"], found["peer"]
    return (
        f"{found['case']}: {ours['shown']}, {ours['memory_mb']} MB; {found['beside']}: {peer['shown']}, {peer['memory_mb']} MB;"
        f" {found['ratio']:g}×, of processors {found['cpu_ratio']:g}×"
        + (f"; aim {found['aim']}{'' if found['met'] else ', missed'}" if found["aim"] and not is_quick else "")
    )


def keep(found):
    """Puts results in the place of those of the same cases, in both files."""
    old = [json.loads(text) for text in LINES.read_text().splitlines()] if LINES.exists() else []
    new = {(each["case"], each["beside"]): each for each in found}
    every = [new.pop((each["case"], each["beside"]), each) for each in old] + list(new.values())
    LINES.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in every))
    put("bench-peers", table(every))


def put(name, text):
    """Puts text into the page, between the marks of this name."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, mark, rest = PAGE.read_text().partition(begin)
    if not mark or end not in rest:
        raise SystemExit(f"{PAGE} has no marks {begin.strip()} and {end}")
    PAGE.write_text(f"{before}{begin}{text}{end}{rest.partition(end)[2]}")


def table(every):
    rows = ["| case | Oddity | memory | beside | | memory | ratio | of processors | aim |", "|---|---|---|---|---|---|---|---|---|"]
    for each in every:
        ours, peer = each["ours"], each["peer"]
        met = {True: f"{each['aim']}, met", False: f"{each['aim']}, missed", None: "–"}[each["met"]]
        rows.append(
            f"| {each['case']} | {ours['shown']} | {ours['memory_mb']:,} MB | {each['beside']} | {peer['shown']} |"
            f" {peer['memory_mb']:,} MB | {each['ratio']:g}× | {each['cpu_ratio']:g}× | {met} |"
        )
    return "\n".join(rows) + "\n"
