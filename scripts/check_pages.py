"""Loads pages in Chromium and tells what is wrong with them; see check_pages.sh.

    python check_pages.py CHROMIUM PAGE...

Of each page, at 1280 and 390 pixels, in the light and in the dark: no script error, nothing loaded from elsewhere, nothing wider than the
window but what scrolls by itself. Of evaluations: the threshold moves by the keyboard, and the sentence, the figures, the points on both curves and
the rows follow; lists of rows turn their pages to the last row, by keyboard too; charts of series stretch. Without scripts the page is whole; on paper it is
light, without controls, and nothing is cut off.
"""

import pathlib
import re
import sys

from playwright.sync_api import sync_playwright

WIDER = """() => {
  const scrolls = (e) => { for (; e; e = e.parentElement) {
    if (['auto', 'scroll'].includes(getComputedStyle(e).overflowX)) return true; } return false; };
  return [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e) && !e.closest('svg'))
    .map(e => e.tagName + '.' + e.className).slice(0, 5);
}"""

# A4 at 96 dots an inch, without the margins that the pages ask for.
PAPER = 680
BEYOND_PAPER = """() => [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.ownerSVGElement)
    .map(e => e.tagName + '.' + e.className).slice(0, 5)"""
CONTROLS = """() => [...document.querySelectorAll('button, input, select')]
    .filter(e => e.checkVisibility()).map(e => e.tagName + '#' + e.id).slice(0, 5)"""


def state(page):
    """What moves with the threshold."""
    point = "[data-curve='%s'] .moved"
    ends = [page.locator(point % name) for name in ("roc", "precision-recall")]
    return {
        "sentence": page.inner_text("#mover-sentence"),
        "cost": page.inner_text("#mover-cost"),
        "command": page.inner_text("#mover-command"),
        "points": [(p.get_attribute("cx"), p.get_attribute("cy")) for p in ends],
    }


def rows(page, kind):
    """The rows of a table that are seen, and those that its lines say there are."""
    table = page.locator(f"table[data-list='{kind}']")
    if table.count() == 0:
        return None
    seen = table.locator("tbody:visible").count()
    return seen, page.inner_text(f"#{kind}-count")


def turn(page, kind, errors):
    """Turns the pages of a list to its end: all of its rows are there."""
    pattern = r"([\d,]+) to ([\d,]+) of ([\d,]+)(?:; the page holds ([\d,]+))?"
    pager = page.locator(f"[data-pager='{kind}']")
    seen = re.match(pattern, page.inner_text(f"#{kind}-count"))
    if not seen:
        return
    total = seen[4] or seen[3]
    following = pager.locator("[data-turn='1']")
    if following.is_hidden():
        if seen[2] != total:
            errors.append(f"{kind}: {seen[2]} of {total} rows, and no way to the others")
        return
    following.focus()
    page.keyboard.press("Enter")
    second = page.inner_text(f"#{kind}-count")
    if not second.startswith("21 to "):
        errors.append(f"{kind}: the next page is {second}")
    box = pager.locator("input")
    box.fill(box.get_attribute("max"))
    box.press("Enter")
    last = re.match(pattern, page.inner_text(f"#{kind}-count"))
    if last[2] != total or following.is_enabled():
        errors.append(f"{kind}: the last page ends with {last[0]}")


def check_zoom(page, errors):
    for figure in page.locator("figure[data-zoom]").all():
        chart = figure.locator("svg")
        before = chart.bounding_box()
        control = figure.locator("xpath=preceding-sibling::p[1]").locator("input")
        control.focus()
        for _ in range(6):
            page.keyboard.press("ArrowRight")
        after = chart.bounding_box()
        if not (3.9 < after["width"] / before["width"] < 4.1 and abs(after["height"] - before["height"]) < 2):
            errors.append(f"a chart that is stretched four times went from {before} to {after}")
        page.keyboard.press("Home")
        if abs(chart.bounding_box()["width"] - before["width"]) > 1:
            errors.append("a stretched chart does not go back")


def check_mover(page, errors):
    start = state(page)
    slider = page.locator("#mover-slider")
    own = int(slider.input_value())
    last = int(slider.get_attribute("max"))
    slider.focus()
    # Downwards more rows are flagged.
    for _ in range(min(5, last - own)):
        page.keyboard.press("ArrowRight")
    lower = state(page)
    if own < last and (lower["sentence"] == start["sentence"] or lower["points"] == start["points"]):
        errors.append(f"the threshold did not move: {lower}")
    page.keyboard.press("End")
    caught, anomalies = re.search(r"catches ([\d,]+) of ([\d,]+)", page.inner_text("#mover-sentence")).groups()
    if caught != anomalies:
        errors.append(f"at the lowest threshold {caught} of {anomalies} are caught")
    missed = rows(page, "missed")
    if missed and missed[0]:
        errors.append(f"{missed[0]} rows are missed where all are flagged")
    page.keyboard.press("Home")
    if "catches 0 of" not in page.inner_text("#mover-sentence"):
        errors.append("the highest threshold catches something")
    alarms = rows(page, "alarms")
    if alarms and alarms[0]:
        errors.append(f"{alarms[0]} false alarms where nothing is flagged")
    page.fill("#mover-cost-miss", "50")
    page.click("#mover-least")
    dear = float(page.inner_text("#mover-cost"))
    page.keyboard.press("Tab")
    for value in (0, own, last):
        slider.evaluate("(e, v) => { e.value = v; e.dispatchEvent(new Event('input')); }", value)
        if float(page.inner_text("#mover-cost")) < dear - 1e-9:
            errors.append(f"step {value} is cheaper than the least cost")
    page.click("#mover-reset")
    page.fill("#mover-cost-miss", page.locator("#mover-cost-miss").get_attribute("value"))
    if state(page)["sentence"] != start["sentence"]:
        errors.append("the button does not go back to the model's threshold")


def check(browser, path, width, scheme):
    errors = []
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.on("pageerror", lambda e: errors.append(f"script error: {e}"))
    page.on("console", lambda m: m.type == "error" and errors.append(f"console: {m.text}"))
    page.on("request", lambda r: r.url.startswith(("file:", "data:")) or errors.append(f"loads {r.url}"))
    page.goto(path.as_uri())
    errors += [f"wider than the window: {e}" for e in page.evaluate(WIDER)]
    for kind in ("oddest", "alarms", "missed"):
        if page.locator(f"[data-pager='{kind}']").count():
            turn(page, kind, errors)
    check_zoom(page, errors)
    if page.locator("#mover").count():
        if not page.locator("#mover").is_visible():
            errors.append("the threshold cannot be moved")
        else:
            check_mover(page, errors)
            errors += [f"wider than the window once moved: {e}" for e in page.evaluate(WIDER)]
    page.close()
    return errors


def check_without_scripts(browser, path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    errors = [] if not page.locator("#mover").is_visible() else ["the threshold seems to move without a script"]
    if not page.locator("h1").is_visible():
        errors.append("there is no heading without scripts")
    context.close()
    return errors


def check_printed(browser, path):
    """On A4 paper from a dark screen: light, without controls, and nothing beyond the edge, for paper does not scroll."""
    page = browser.new_page(viewport={"width": PAPER, "height": 1000}, color_scheme="dark")
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    errors = [f"wider than the paper: {e}" for e in page.evaluate(BEYOND_PAPER)]
    errors += [f"printed, and of no use on paper: {e}" for e in page.evaluate(CONTROLS)]
    red, green, blue = map(int, re.findall(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))[:3])
    if min(red, green, blue) < 200:
        errors.append(f"the paper is printed dark: {red}, {green}, {blue}")
    page.close()
    return errors


def main():
    chromium, paths = sys.argv[1], [pathlib.Path(p) for p in sys.argv[2:]]
    failed, moved = 0, 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for path in paths:
            moved += "mover-slider" in path.read_text(encoding="utf-8")
            found = check_without_scripts(browser, path)
            found += [f"printed: {e}" for e in check_printed(browser, path)]
            for width in (1280, 390):
                for scheme in ("light", "dark"):
                    found += [f"{width} {scheme}: {e}" for e in check(browser, path, width, scheme)]
            for error in found:
                print(f"{path.name}: {error}")
            failed += bool(found)
        browser.close()
    print(f"pages: {len(paths) - failed} fine, {failed} with faults; the threshold moved on {moved}")
    return 1 if failed or not moved else 0


if __name__ == "__main__":
    sys.exit(main())
