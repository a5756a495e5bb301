# Every expression of Python 3.
x = a if b else c if d else e
x = a or b and not c
x = a < b <= c == d != e >= f > g in h not in i is j is not k
x = a | b ^ c & d << e >> f + g - h * i / j // k % l @ m ** -n
x = +a - -b + ~c
x = await_ = 1
x = lambda: 1
x = lambda a, /, b, *c, d=1, **e: (a, b)
x = lambda *, a: lambda: a
x = (lambda: (yield))
x = (y := 1)
if y := f(): pass
while (y := f()) and (z := y): pass
f(x := 1, y=(z := 2))
x[y := 1]
x[y := 1, 2]
x = [y := 1, y ** 2]
x = {y := 1}
x = [y for z in w if (y := z)]
x = a.b.c[d](e)(f)[g].h
x = a[1:2, ::3, ..., b:, :c, *d]
x = a[*b]
x = ()
x = (1,)
x = (1)
x = []
x = [1, 2,]
x = {}
x = {1, 2,}
x = {1: 2, **a, 3: 4,}
x = {*a, *b}
x = [*a, *b.c(), *range(3) | d]
x = [*range(4)]
x = {*range(1), *b[0]}
x = *a, *b()
x = *range(3), 1
x = [a for b in c for d in e if f if g]
x = {a: b for c, d in e}
x = {a for b, in c}
x = (a for b in c)
x = [a for b in (lambda: c)()]
f()
f(a, *b, c=1, *d, **e, f=2, **g,)
f(a for b in c)
f((a for b in c), d)
f(*a or b, **c or d)
f(a)(b for c in d)
x = None, True, False, ..., Ellipsis
x = 0, 00, 0_0, 1_000, 0xFF_ff, 0o17, 0b1_0, 0XaB, 0O7, 0B1
x = 1., .5, 1.5, 1e5, 1E-5, 1.e+5, 1_0.0_1e1_0, 09.5, 09j, 1j, 1.5J, 077e1
x = 1if a else 2
x = 1..real, 1.5.real, 1 .real
x = a if b else(c)
print
print(x)
print (x)
print(x, file=y)
print (x), y
print -1
print[0]
x = print
exec("x")
exec (x, y)
exec = exec_ = 1
match = case = _ = 1
match(x)
match[x]
match.x
match (x), y
x = (a
     # a comment in the middle
     + b)
x = (a.
b)
x = [
a for b
in c]
x = f(
# left of the block
)
x = a \
    + b
x = \
    1
if a and \
   b:
    pass
é = 1
ünïcode_名前 = é
