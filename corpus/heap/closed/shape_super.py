# A class hierarchy with super(), mixins, class counters, __str__, __lt__, and dispatch by type.
class Counted:
    made = 0

    def count(self):
        Counted.made += 1
        self.number = Counted.made


class Shape:
    sides = None
    registry = {}

    def __init__(self, name="shape", colour=(0, 0, 0)):
        self.name = name
        self.colour = colour
        Shape.registry.setdefault(type(self).__name__, []).append(self)

    def area(self):
        raise NotImplementedError

    def __lt__(self, other):
        return self.area() < other.area()

    def __eq__(self, other):
        return isinstance(other, Shape) and self.area() == other.area()

    def __hash__(self):
        return hash(self.name) ^ self.area()

    def __str__(self):
        return "%s #%02x%02x%02x" % ((self.name,) + self.colour)


class Box(Shape, Counted):
    sides = 4

    def __init__(self, w, h, **kw):
        super().__init__(**kw)
        self.w, self.h = w, h
        self.count()

    def area(self):
        return self.w * self.h

    def scaled(self, by):
        return type(self)(self.w * by, self.h * by, name=self.name, colour=self.colour)


class Square(Box):
    def __init__(self, side, **kw):
        kw.setdefault("name", "square")
        super().__init__(side, side, **kw)

    def scaled(self, by):
        return Square(self.w * by, name=self.name, colour=tuple(min(255, c * by) for c in self.colour))


class Dot(Shape):
    def area(self):
        return 0


shapes = [Box(3, 4, name="box"), Square(3, colour=(10, 200, 5)), Dot("dot"), Square(2), Box(2, 2)]
shapes.append(shapes[1].scaled(2))
shapes += [s.scaled(3) for s in shapes[:1]]
for shape in sorted(shapes):
    print(shape, shape.area(), shape.sides or "-", getattr(shape, "number", None))
print(shapes[3] == shapes[4], shapes[0] == 12, Counted.made)
print({k: len(v) for k, v in sorted(Shape.registry.items())})
print(issubclass(Square, Counted), isinstance(shapes[2], Counted), hasattr(shapes[2], "w"))
unique = {Dot("a"), Dot("b"), Dot("a")}
print(len(unique), any(s.area() > 100 for s in shapes), all(s.name for s in shapes))
try:
    Shape("plain").area()
except NotImplementedError as e:
    print(type(e), e.args)
