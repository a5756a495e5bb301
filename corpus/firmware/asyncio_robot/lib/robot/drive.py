"""Both motors, with a ramp, so that it does not fall on its nose."""
import asyncio


class Drive:
    def __init__(self, left, right):
        self.left = left
        self.right = right
        self.wanted = [0.0, 0.0]

    def set(self, left, right):
        self.wanted[0] = left
        self.wanted[1] = right

    async def ramp(self):
        while True:
            for index, motor in enumerate((self.left, self.right)):
                now = motor.throttle or 0
                step = max(-0.1, min(0.1, self.wanted[index] - now))
                motor.throttle = now + step
            await asyncio.sleep(0.02)
