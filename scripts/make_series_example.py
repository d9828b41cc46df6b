#!/usr/bin/env python3
"""Makes Examples/pump: a simulated pump that follows a changing demand, healthy and with five faults.

    python3 scripts/make_series_example.py

normal.csv is two days of a healthy pump, one row a minute; new.csv is the day after, with a column
`fault` that is 1 while something is wrong, and a gap of twelve minutes without a record. Needs numpy.
"""
from pathlib import Path

import numpy as np

OUT = Path(__file__).resolve().parent.parent / "Examples/pump"
START = np.datetime64("2026-03-02T00:00:00")
NAMES = ["speed_rpm", "flow_l_min", "pressure_bar", "current_a", "temperature_c", "vibration_mm_s"]


def ar1(random, count, memory, deviation):
    """Noise that forgets slowly."""
    steps = random.normal(0, deviation * np.sqrt(1 - memory**2), count)
    value, values = 0.0, []
    for step in steps:
        value = memory * value + step
        values.append(value)
    return np.array(values)


def pump(random, first, count, faults=()):
    """Minutes `first` to `first + count` of the pump.

    `faults` are (kind, start, end) in minutes after `first`.
    """
    minute = first + np.arange(count)
    hour = minute / 60 % 24
    active = {kind: (np.arange(count) >= start) & (np.arange(count) < end)
              for kind, start, end in faults}
    growth = {kind: np.clip((np.arange(count) - start) / (end - start), 0, 1) * active[kind]
              for kind, start, end in faults}
    none = np.zeros(count)
    # Demand: a day's rhythm, a tank that is filled every 40 minutes, and chance.
    demand = 0.6 + 0.2 * np.sin((hour - 8) / 24 * 2 * np.pi) + 0.1 * np.sin(minute / 40 * 2 * np.pi)
    demand += ar1(random, count, 0.95, 0.04)
    clogged = 0.3 * growth.get("clogged filter", none)
    speed = 900 + 1100 * demand + random.normal(0, 6, count)
    flow = 0.12 * speed * (1 - clogged) + random.normal(0, 1.2, count)
    resistance = 1.1e-4 / (1 - clogged) ** 2.6
    pressure = 0.4 + resistance * flow**2 + random.normal(0, 0.02, count)
    power = pressure * flow * (1 + 0.15 * growth.get("worn bearing", none))
    current = 2.0 + 0.03 * power + random.normal(0, 0.15, count)
    # The motor warms up and cools down over about 20 minutes.
    temperature, heat = [], 30 + 1.6 * current[0]
    for amperes, wear in zip(current, growth.get("worn bearing", none)):
        heat += (22 + 1.6 * amperes + 9 * wear - heat) / 20
        temperature.append(heat)
    temperature = np.array(temperature) + random.normal(0, 0.15, count)
    vibration = 0.8 + 4e-4 * speed + np.abs(random.normal(0, 0.05, count))
    vibration = vibration + 0.6 * growth.get("worn bearing", none)
    bubbles = active.get("cavitation", none > 1)
    vibration[bubbles] += np.abs(random.normal(0, 0.5, bubbles.sum()))
    pressure[bubbles] += random.normal(0, 0.15, bubbles.sum())
    stuck = active.get("stuck thermometer", none > 1)
    if stuck.any():
        temperature[stuck] = temperature[np.argmax(stuck)]
    slipping = active.get("slipping belt", none > 1)
    flow[slipping] *= 0.9
    rows = np.column_stack([speed, flow, pressure, current, temperature, vibration])
    fault = np.zeros(count, int)
    for mask in active.values():
        fault[mask] = 1
    return minute, rows, fault


def write(name, minute, rows, fault=None, keep=None):
    keep = np.ones(len(minute), bool) if keep is None else keep
    header = ["time"] + NAMES + ([] if fault is None else ["fault"])
    lines = [",".join(header)]
    digits = [0, 1, 3, 2, 2, 3]
    for i in np.flatnonzero(keep):
        time = str(START + np.timedelta64(int(minute[i]), "m"))
        values = [f"{value:.{places}f}" for value, places in zip(rows[i], digits)]
        lines.append(",".join([time] + values + ([] if fault is None else [str(fault[i])])))
    (OUT / name).write_text("\n".join(lines) + "\n")


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(2026)
    minute, rows, _ = pump(random, 0, 2 * 1440)
    write("normal.csv", minute, rows)
    faults = [("cavitation", 200, 230), ("clogged filter", 400, 470), ("stuck thermometer", 650, 720),
              ("slipping belt", 900, 930), ("worn bearing", 1150, 1270)]
    minute, rows, fault = pump(random, 2 * 1440, 1440, faults)
    keep = ~((np.arange(1440) >= 800) & (np.arange(1440) < 812))
    write("new.csv", minute, rows, fault, keep)


if __name__ == "__main__":
    main()
