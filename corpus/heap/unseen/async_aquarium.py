"""Aquarium: a feeder, a pump and a level sensor as tasks; a bounded queue carries what is to be reported."""
import asyncio

from machine import ADC, Pin



class Full(Exception):
    pass


class Queue:
    def __init__(self, size):
        self.size = size
        self.items = []
        self.ready = asyncio.Event()

    def put(self, item):
        if len(self.items) >= self.size:
            raise Full(item)
        self.items.append(item)
        self.ready.set()

    async def get(self):
        while not self.items:
            self.ready.clear()
            await self.ready.wait()
        return self.items.pop(0)


class Tank:
    def __init__(self):
        self.level = ADC(26)
        self.feed_button = Pin(8, Pin.IN)
        self.pump = Pin(9, Pin.OUT)
        self.lock = asyncio.Lock()
        self.fed = 0

    async def run_pump(self, reason):
        async with self.lock:
            self.pump.on()
            await asyncio.sleep_ms(0)
            self.pump.off()
        return reason


async def watch_level(tank, queue):
    recent = []
    while True:
        value = tank.level.read_u16()
        recent = (recent + [value])[-4:]
        mean = sum(recent) // len(recent)
        if mean < 20000:
            why = await tank.run_pump("low %d" % mean)
            try:
                queue.put(("pump", why))
            except Full as e:
                print("dropped", e.args[0])
        await asyncio.sleep_ms(0)


async def feeder(tank, queue):
    before = 0
    while True:
        now = tank.feed_button.value()
        if now and not before:
            tank.fed += 1
            try:
                queue.put(("fed", tank.fed))
            except Full:
                pass
        before = now
        await asyncio.sleep_ms(0)


async def reporter(queue):
    counts = {}
    while True:
        kind, detail = await queue.get()
        counts[kind] = counts.get(kind, 0) + 1
        print("{} ({}): {}".format(kind, counts[kind], detail))
        await asyncio.sleep_ms(0)
        await asyncio.sleep_ms(0)


async def main():
    tank, queue = Tank(), Queue(3)
    tasks = [asyncio.create_task(one) for one in (watch_level(tank, queue), feeder(tank, queue), reporter(queue))]
    await asyncio.gather(*tasks)


asyncio.run(main())
