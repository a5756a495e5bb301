# JSON messages written, read back and routed by topic; a pattern checks the names.
import json
import re

TOPIC = re.compile("^([a-z]+)/([0-9]+)$")
handled = {}


def publish(queue, topic, **fields):
    queue.append(json.dumps({"topic": topic, "data": [fields["value"], fields.get("unit")]}))


def route(text):
    message = json.loads(text)
    match = TOPIC.match(message["topic"])
    if not match:
        return False
    kind, number = match.group(1), int(match.group(2))
    value, unit = message["data"]
    handled.setdefault(kind, []).append((number, value, unit))
    return True


queue = []
for n in range(6):
    publish(queue, "temp/%d" % n, value=20 + n, unit="C")
publish(queue, "door/7", value=True)
publish(queue, "Bad Topic", value=None)
refused = 0
while queue:
    if not route(queue.pop(0)):
        refused += 1
print(sorted(handled), len(handled["temp"]), handled["door"], refused)
print(json.loads('{"a": [1, 2.5, null, "x\\n"]}')["a"])
