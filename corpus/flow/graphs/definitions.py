def definitions():
    first()

    @decorated(1)
    def inner(a=default()):
        not_here()

    class Table(Base):
        size = 4
        if wide:
            size = 8

        def method(self):
            not_here()

    last()
#   0: first(); @decorated(1); class Table(Base):; size = 4; wide -> 3 true, 4 false
#   3: size = 8 -> 4
#   4: def method(self):; last() -> exit
