"""Draws what grows: for each of rows, columns and members a field with seconds and memory, on logarithmic axes, as SVG."""
import math

WIDTH, HEIGHT, LEFT, TOP, GAP = 220, 170, 60, 50, 60
COLORS = {"fit": "#1f5fa8", "score": "#c2571a"}
UNITS = {"cpu": "seconds of processors", "memory": "MB at most"}


def plot(found):
    parts = []
    for row, field in enumerate(UNITS):
        values = [getattr(taken, field) for sizes in found.values() for verbs in sizes.values() for taken in verbs.values()]
        lowest, highest = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        for column, (what, sizes) in enumerate(found.items()):
            left, top = LEFT + column * (WIDTH + GAP), TOP + row * (HEIGHT + GAP)
            parts += frame(left, top, f"{UNITS[field]} by {what}", list(sizes), range(lowest, highest + 1))
            for verb, color in COLORS.items():
                points = [
                    (across(left, list(sizes), size), up(top, lowest, highest, getattr(verbs[verb], field)))
                    for size, verbs in sizes.items()
                ]
                parts.append(
                    f'<polyline fill="none" stroke="{color}" stroke-width="2" points="'
                    + " ".join(f"{x:.1f},{y:.1f}" for x, y in points) + '"/>'
                )
                parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>' for x, y in points]
    parts += [
        f'<text x="{LEFT + 40 * place}" y="20" fill="{color}">{verb}</text>' for place, (verb, color) in enumerate(COLORS.items())
    ]
    width, height = LEFT + len(found) * (WIDTH + GAP), TOP + len(UNITS) * (HEIGHT + GAP)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">\n'
        f'<rect width="{width}" height="{height}" fill="white"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def frame(left, top, title, sizes, powers):
    """The box of a field, with its marks."""
    yield f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#999"/>'
    yield f'<text x="{left}" y="{top - 8}">{title}</text>'
    for size in sizes:
        yield f'<text x="{across(left, sizes, size):.1f}" y="{top + HEIGHT + 16}" text-anchor="middle">{size:,}</text>'
    for power in powers:
        y = up(top, powers[0], powers[-1], 10**power)
        yield f'<line x1="{left}" x2="{left + WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#eee"/>'
        yield f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{10**power:,g}</text>'


def across(left, sizes, size):
    share = math.log(size / sizes[0]) / math.log(sizes[-1] / sizes[0])
    return left + WIDTH * (0.08 + 0.84 * share)


def up(top, lowest, highest, value):
    return top + HEIGHT * (1 - (math.log10(value) - lowest) / (highest - lowest))
