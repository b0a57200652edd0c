"""Compares days.csv with two independent calendars, for developers only.

days.csv is the snapshot that the engine's own table (typed from the State
Council's notices) is tested against. It must agree with both

  * the npm package chinese-days (its dist/chinese-days.json is the argument),
  * the PyPI package chinesecalendar (importable).

    npm pack chinese-days && tar xzf chinese-days-*.tgz
    pip install chinesecalendar
    python tests/calendar/check.py package/dist/chinese-days.json [--write]

--write replaces days.csv with what the two agree on. Only weekdays that are
off and weekend days that are worked are listed.
"""

import csv
import json
import pathlib
import sys
from datetime import date, timedelta

import chinese_calendar

FIRST, LAST = date(2019, 1, 1), date(2026, 12, 31)
SNAPSHOT = pathlib.Path(__file__).with_name("days.csv")
NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}


def days():
    day = FIRST
    while day <= LAST:
        yield day
        day += timedelta(days=1)


def from_json(path):
    data = json.loads(pathlib.Path(path).read_text("utf-8"))
    found = {}
    for day in days():
        key, weekend = day.isoformat(), day.weekday() >= 5
        kind = "worked" if weekend and key in data["workdays"] else "off" if not weekend and key in data["holidays"] else None
        if kind:
            name = data["workdays" if kind == "worked" else "holidays"][key].split(",")[1]
            found[key] = (kind, NAMES.get(name, name))
    return found


def from_package():
    found = {}
    for day in days():
        weekend, works = day.weekday() >= 5, chinese_calendar.is_workday(day)
        if weekend == works:
            found[day.isoformat()] = "worked" if works else "off"
    return found


def main():
    first, second = from_json(sys.argv[1]), from_package()
    wrong = [d for d in sorted(first.keys() | second.keys()) if first.get(d, (None,))[0] != second.get(d)]
    for day in wrong:
        print(day, "the sources disagree:", first.get(day), second.get(day))
    rows = [[day, *first[day]] for day in sorted(first)]
    if "--write" in sys.argv and not wrong:
        with SNAPSHOT.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([["day", "kind", "holiday"], *rows])
    with SNAPSHOT.open(encoding="utf-8", newline="") as snapshot:
        if list(csv.reader(snapshot))[1:] != rows:
            wrong.append("days.csv")
            print("days.csv differs from the sources")
    print(f"{len(rows)} days, {'not in agreement' if wrong else 'all agree'}")
    return 1 if wrong else 0


sys.exit(main())
