# A small stack machine: an assembler with labels, a dispatch table of bound methods, and three programs for it.
from collections import namedtuple

Op = namedtuple("Op", "name code operand")

OPS = {op.name: op for op in (
    Op("halt", 0, False), Op("push", 1, True), Op("dup", 2, False), Op("swap", 3, False), Op("over", 4, False),
    Op("drop", 5, False), Op("add", 6, False), Op("sub", 7, False), Op("mul", 8, False), Op("mod", 9, False),
    Op("jmp", 10, True), Op("jz", 11, True), Op("call", 12, True), Op("ret", 13, False), Op("out", 14, False),
)}


ARITHMETIC = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b, "mod": lambda a, b: a % b,
}
PICK = {"dup": 1, "over": 2}


class VMError(Exception):
    pass


def assemble(source):
    labels = {}
    code = bytearray()
    fixups = []
    for number, line in enumerate(source.split("\n"), 1):
        line = line.split(";")[0].strip()
        if not line:
            continue
        if line.endswith(":"):
            labels[line[:-1]] = len(code)
            continue
        words = line.split()
        op = OPS.get(words[0])
        if op is None:
            raise VMError("line %d: unknown op %r" % (number, words[0]))
        code.append(op.code)
        if op.operand:
            try:
                code.append(int(words[1]) & 0xFF)
            except ValueError:
                fixups.append((len(code), words[1], number))
                code.append(0)
    for at, label, number in fixups:
        if label not in labels:
            raise VMError("line %d: no label %s" % (number, label))
        code[at] = labels[label]
    return bytes(code)


class VM:
    def __init__(self, code, fuel=2000):
        self.code = code
        self.fuel = fuel
        self.pc = 0
        self.stack = []
        self.calls = []
        self.output = []
        self.table = {}
        for name, op in OPS.items():
            method = getattr(self, "op_" + name, None)
            if method:
                self.table[op.code] = method
            elif name in ARITHMETIC:
                self.table[op.code] = lambda function=ARITHMETIC[name]: self.binary(function)
            elif name in PICK:
                self.table[op.code] = lambda depth=PICK[name]: self.stack.append(self.stack[-depth])

    def fetch(self):
        self.pc += 1
        return self.code[self.pc - 1]

    def run(self):
        for steps in range(1, self.fuel + 1):
            op = self.fetch()
            if op == 0:
                return steps
            self.table[op]()
        raise VMError("out of fuel at %d" % self.pc)

    def op_push(self):
        value = self.fetch()
        self.stack.append(value - 256 if value > 127 else value)

    def op_swap(self):
        self.stack[-1], self.stack[-2] = self.stack[-2], self.stack[-1]

    def op_drop(self):
        self.stack.pop()

    def binary(self, function):
        right, left = self.stack.pop(), self.stack.pop()
        self.stack.append(function(left, right))

    def op_jmp(self):
        self.pc = self.fetch()

    def op_jz(self):
        target = self.fetch()
        if not self.stack.pop():
            self.pc = target

    def op_call(self):
        target = self.fetch()
        self.calls.append(self.pc)
        self.pc = target

    def op_ret(self):
        self.pc = self.calls.pop()

    def op_out(self):
        self.output.append(self.stack.pop())


FACTORIAL = """
    push 25
    push 1
loop:               ; n acc
    over
    jz done
    over
    mul
    call down
    jmp loop
down:
    swap
    push -1
    add
    swap
    ret
done:
    out
    drop
    halt
"""
GCD = "push 84\npush 36\nnext:\ndup\njz end\nswap\nover\nmod\njmp next\nend:\ndrop\nout\nhalt"

for name, source in (("factorial", FACTORIAL), ("gcd", GCD), ("bad", "push 1\nfrob"), ("lost", "jmp away"), ("spin", "a:\njmp a"), ("empty", "add")):
    try:
        code = assemble(source)
        vm = VM(code, 500)
        steps = vm.run()
        print(name, len(code), steps, vm.output)
    except VMError as error:
        print(name, "failed:", error)
    except IndexError:
        print(name, "stack", vm.stack, "pc", vm.pc)
