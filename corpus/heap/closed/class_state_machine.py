# Classes with bound methods kept in a table: a traffic light with a pedestrian button.
class Light:
    def __init__(self):
        self.state = "red"
        self.timer = 0
        self.waiting = False
        self.log = []
        self.table = {"red": self.on_red, "green": self.on_green, "amber": self.on_amber}

    def go(self, state):
        self.state = state
        self.timer = 0
        self.log.append(state[0])

    def on_red(self):
        if self.timer >= 5:
            self.go("green")

    def on_green(self):
        limit = 4 if self.waiting else 8
        if self.timer >= limit:
            self.go("amber")

    def on_amber(self):
        if self.timer >= 2:
            self.waiting = False
            self.go("red")

    def tick(self):
        self.timer += 1
        self.table[self.state]()

    def press(self):
        self.waiting = True


light = Light()
for second in range(60):
    if second in (9, 40):
        light.press()
    light.tick()
print("".join(light.log), light.state, light.timer)
