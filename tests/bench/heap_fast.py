"""How long a program of 400 lines takes."""
import pathlib
import statistics
import tempfile

from heap_report import Bar, heading, table

FUNCTIONS, LINES, PASSES, RUNS = 40, 400, 3, 5
MOST = 0.050  # seconds
# A function of nine lines; with the loop that calls them all there are 400.
FUNCTION = '''\
def step_{n}(state, reading):
    state["count_{n}"] = state.get("count_{n}", 0) + 1
    values = [reading + i * {n} for i in range(8)]
    if reading % 3 == {third}:
        values.append(sum(values) // len(values))
    text = "{n}: %d %d" % (reading, len(values))
    history.append(text)
    if len(history) > 16: history.pop(0)
    return max(values)
'''


def program():
    text = "history = []\nstate = {}\n" + "".join(FUNCTION.format(n=n, third=n % 3) for n in range(FUNCTIONS))
    text += "reading = 0\nwhile True:\n    reading = (reading + 7) % 1024\n    total = 0\n    for step in ("
    text += ", ".join(f"step_{n}" for n in range(FUNCTIONS)) + "):\n        total += step(state, reading)\n"
    tail = ["    line = \"pass: {} {}\".format(reading, total)", "    print(line)"]
    return text + "\n".join(tail + ["    # "] * (LINES - text.count("\n") - len(tail))) + "\n"


def bench(tool, data, options):
    heading(f"Fast: a program of {LINES} lines and {FUNCTIONS} functions, {PASSES} passes")
    rows, bars = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "code.py")
        path.write_text(program())
        for target in ("micropython/unix-32", "circuitpython/unix-32", "micropython/unix-64"):
            times, statuses = zip(*(tool.user_seconds(str(path), target, "--passes", str(PASSES)) for _ in range(RUNS)))
            median = statistics.median(times)
            rows.append([target, f"{1000 * median:.0f} ms", f"{1000 * min(times):.0f} ms", f"{1000 * max(times):.0f} ms", max(statuses)])
            bars.append(Bar("fast", target, f"{1000 * median:.0f} ms", f"< {1000 * MOST:.0f} ms", median < MOST and max(statuses) in (0, 1)))
    table(["target", "user time, median", "least", "most", "status"], rows)
    return bars
