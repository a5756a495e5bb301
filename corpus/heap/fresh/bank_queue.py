# Customers in a bank as generators, moved on by an event queue; waiting times and how busy the clerks were.
import heapq


class Random:
    def __init__(self, seed):
        self.seed = seed

    def uniform(self, low, high):
        self.seed = (self.seed * 16807) % 2147483647
        return low + (high - low) * (self.seed - 1) / 2147483646


class Simulation:
    def __init__(self):
        self.now = 0.0
        self.events = []
        self.count = 0

    def schedule(self, delay, process, value=None):
        self.count += 1
        heapq.heappush(self.events, (self.now + delay, self.count, process, value))

    def start(self, process, delay=0):
        self.schedule(delay, process)

    def run(self, until):
        handled = 0
        while self.events and self.events[0][0] <= until:
            self.now, _, process, value = heapq.heappop(self.events)
            handled += 1
            try:
                wish = process.send(value)
            except StopIteration:
                continue
            if isinstance(wish, Request):
                wish.resource.queue(process, wish)
            else:
                self.schedule(wish, process, self.now)
        return handled


class Request:
    def __init__(self, resource, since):
        self.resource = resource
        self.since = since


class Resource:
    def __init__(self, sim, capacity):
        self.sim = sim
        self.free = capacity
        self.capacity = capacity
        self.waiting = []
        self.busy = 0.0
        self.longest = 0

    def request(self):
        return Request(self, self.sim.now)

    def queue(self, process, request):
        if self.free:
            self.free -= 1
            self.sim.schedule(0, process, 0.0)
        else:
            self.waiting.append((process, request))
            self.longest = max(self.longest, len(self.waiting))

    def release(self, used):
        self.busy += used
        if self.waiting:
            process, request = self.waiting.pop(0)
            self.sim.schedule(0, process, self.sim.now - request.since)
        else:
            self.free += 1


class Stats:
    def __init__(self):
        self.values = []

    def add(self, value):
        self.values.append(value)

    def summary(self):
        ordered = sorted(self.values)
        n = len(ordered)
        mean = sum(ordered) / n
        spread = (sum((value - mean) ** 2 for value in ordered) / n) ** 0.5
        return n, mean, spread, ordered[n // 2], ordered[-1]


def customer(number, sim, clerks, random, waits, patience):
    waited = yield clerks.request()
    waits.add(waited)
    if waited > patience:
        clerks.release(0)
        lost.append(number)
        return
    service = random.uniform(2, 9)
    yield service
    clerks.release(service)


def arrivals(sim, clerks, random, waits):
    number = 0
    try:
        while True:
            yield random.uniform(0.5, 4)
            number += 1
            sim.start(customer(number, sim, clerks, random, waits, 12))
    finally:
        print("closed after", number, "customers")


for clerk_count in (2, 3):
    lost = []
    sim, waits = Simulation(), Stats()
    clerks = Resource(sim, clerk_count)
    door = arrivals(sim, clerks, Random(42), waits)
    next(door)
    sim.start(door, 1)
    handled = sim.run(90)
    door.close()
    print(clerk_count, "clerks,", handled, "events, queue of", clerks.longest, "at most, lost", lost)
    print("  n=%d mean=%.2f sd=%.2f median=%.2f max=%.2f" % waits.summary())
    print(f"  busy {clerks.busy / (clerk_count * sim.now):.1%}" if clerks.busy else "  idle", "last at %.3f" % sim.now)
