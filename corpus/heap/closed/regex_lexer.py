# A lexer and recursive-descent parser over re, with classes for the tree and a visitor by method name.
import re

TOKEN = re.compile("[ \t]*([0-9]+[.]?[0-9]*|[a-z_]+|<=|>=|==|.)")


def tokens(text):
    while text:
        m = TOKEN.match(text)
        if not m:
            break
        tok = m.group(1)
        text = text[len(m.group(0)):]
        if tok[0].isdigit():
            yield "num", float(tok) if "." in tok else int(tok)
        elif tok[0].isalpha():
            yield "name", tok
        elif tok.strip():
            yield "op", tok
    while True:
        yield "end", None


class Node:
    def __init__(self, *kids):
        self.kids = kids


class Num(Node):
    pass


class Name(Node):
    pass


class Bin(Node):
    pass


class Call(Node):
    pass


class Parser:
    LEVELS = (("<=", ">=", "==", "<", ">"), ("+", "-"), ("*", "/", "%"))

    def __init__(self, text):
        self.stream = tokens(text)
        self.advance()

    def advance(self):
        self.kind, self.value = next(self.stream)

    def expect(self, value):
        if self.value != value:
            raise SyntaxError("expected %s, got %s" % (value, self.value))
        self.advance()

    def expression(self, level=0):
        if level == len(self.LEVELS):
            return self.atom()
        left = self.expression(level + 1)
        while self.kind == "op" and self.value in self.LEVELS[level]:
            op = self.value
            self.advance()
            left = Bin(op, left, self.expression(level + 1))
        return left

    def atom(self):
        kind, value = self.kind, self.value
        self.advance()
        if kind == "num":
            return Num(value)
        if kind == "name":
            if self.value == "(":
                self.advance()
                args = []
                while self.value != ")":
                    args.append(self.expression())
                    if self.value == ",":
                        self.advance()
                self.expect(")")
                return Call(value, *args)
            return Name(value)
        if value == "(":
            inner = self.expression()
            self.expect(")")
            return inner
        if value == "-":
            return Bin("-", Num(0), self.atom())
        raise SyntaxError("unexpected %r" % (value,))


class Evaluator:
    OPS = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b,
        "%": lambda a, b: a % b,
        "<": lambda a, b: a < b,
        ">": lambda a, b: a > b,
        "<=": lambda a, b: a <= b,
        ">=": lambda a, b: a >= b,
        "==": lambda a, b: a == b,
    }

    def __init__(self, **names):
        self.names = names

    def visit(self, node):
        return getattr(self, "visit_" + type(node).__name__)(*node.kids)

    def visit_Num(self, value):
        return value

    def visit_Name(self, name):
        return self.names[name]

    def visit_Bin(self, op, left, right):
        return self.OPS[op](self.visit(left), self.visit(right))

    def visit_Call(self, name, *args):
        return self.names[name](*[self.visit(a) for a in args])


ev = Evaluator(x=6, y=2.5, max=max, abs=abs, sq=lambda v: v * v)
for source in ("1+2*3", "(1+2)*-3", "sq(x) - 2*y", "max(1, x, abs(-9)) >= 9", "x % 4 == 2", "7/2 +", "(1", "zed"):
    try:
        print(source, "=", ev.visit(Parser(source).expression()))
    except SyntaxError as e:
        print(source, "syntax:", e)
    except KeyError as e:
        print(source, "unknown", e)
m = re.match("([A-Z]+)=([0-9]*);?(.*)", "TEMP=21;rest")
print(m.group(0), m.group(1), m.group(2), m.group(3))
print(re.compile("[,; ]+").split("a, b;c  d"), re.search("[0-9]+", "abc 123 x").group(0), re.match("z", "abc"))
print(re.sub("[aeiou]", lambda m: m.group(0).upper(), "regular expressions"), re.sub("([0-9])", "<\\1>", "a1b22"))
