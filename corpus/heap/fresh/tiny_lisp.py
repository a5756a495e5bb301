# A little Lisp in the evening: reader, environments that know their outer one, lambdas, define, let, tail loop.
class LispError(Exception):
    pass


def tokenize(source):
    return source.replace("(", " ( ").replace(")", " ) ").replace("'", " ' ").split()


def atom(token):
    for kind in (int, float):
        try:
            return kind(token)
        except ValueError:
            pass
    return token


def read(tokens):
    if not tokens:
        raise LispError("unexpected end")
    token = tokens.pop(0)
    if token == "(":
        items = []
        while tokens and tokens[0] != ")":
            items.append(read(tokens))
        if not tokens:
            raise LispError("missing )")
        tokens.pop(0)
        return items
    if token == "'":
        return ["quote", read(tokens)]
    if token == ")":
        raise LispError("unexpected )")
    return atom(token)


class Env(dict):
    def __init__(self, names=(), values=(), outer=None):
        super().__init__()
        self.outer = outer
        for name, value in zip(names, values):
            self[name] = value

    def find(self, name):
        env = self
        while env is not None:
            if name in env:
                return env
            env = env.outer
        raise LispError("unbound: " + name)


class Lambda:
    def __init__(self, params, body, env):
        self.params, self.body, self.env = params, body, env

    def __call__(self, *args):
        if len(args) != len(self.params):
            raise LispError("wants %d arguments, got %d" % (len(self.params), len(args)))
        return evaluate(self.body, Env(self.params, args, self.env))


def multiply(*args):
    product = 1
    for arg in args:
        product *= arg
    return product


def standard():
    env = Env()
    env.update({
        "+": lambda *args: sum(args), "*": multiply, "-": lambda a, b: a - b, "/": lambda a, b: a / b,
        "<": lambda a, b: a < b, "=": lambda a, b: a == b, "list": lambda *args: list(args), "car": lambda x: x[0],
        "cdr": lambda x: x[1:], "cons": lambda x, y: [x] + y, "null?": lambda x: x == [], "length": len,
    })
    return env


def evaluate(x, env):
    while True:
        if isinstance(x, str):
            return env.find(x)[x]
        if not isinstance(x, list):
            return x
        head = x[0]
        if head == "quote":
            return x[1]
        if head == "if":
            x = x[2] if evaluate(x[1], env) else x[3]
            continue
        if head == "define":
            env[x[1]] = evaluate(x[2], env)
            return None
        if head == "lambda":
            return Lambda(x[1], x[2], env)
        if head == "let":
            env = Env([pair[0] for pair in x[1]], [evaluate(pair[1], env) for pair in x[1]], env)
            x = x[2]
            continue
        function = evaluate(head, env)
        return function(*[evaluate(arg, env) for arg in x[1:]])


def show(value):
    if value is None:
        return ""
    if isinstance(value, list):
        return "(" + " ".join([show(one) for one in value]) + ")"
    if isinstance(value, bool):
        return "#t" if value else "#f"
    return str(value)


LINES = (
    "(define square (lambda (x) (* x x)))",
    "(square 12)",
    "(define fact (lambda (n) (if (< n 2) 1 (* n (fact (- n 1))))))",
    "(fact 18)",
    "(define map (lambda (f l) (if (null? l) '() (cons (f (car l)) (map f (cdr l))))))",
    "(map square '(1 2 3 4 5))",
    "(let ((a 3) (b 4)) (/ (+ (square a) (square b)) 2))",
    "(define adder (lambda (n) (lambda (x) (+ x n))))",
    "(map (adder 10) (list 1 2.5 3))",
    "(null? '())", "(square 1 2)", "(nope)", "(+ 1 (", "(car '((deep (er)) 2))",
)
world = standard()
for line in LINES:
    try:
        result = show(evaluate(read(tokenize(line)), world))
        if result:
            print(line, "=>", result)
    except LispError as error:
        print(line, "!", error)
print(len(world), world["fact"].params)
