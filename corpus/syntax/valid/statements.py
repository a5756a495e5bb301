"""Every statement of Python 3."""
from __future__ import annotations

import os, sys as system
import a.b.c as d
from . import (e, f as g,)
from .. import *
from .h.i import j

x = y = z = 1
x, (y, *z) = [w], v = 1, (2, 3)
(x) = 1
[x, y] = 1, 2
x: int
x: int = 3
x.y: "int" = 3
x[0]: tuple[int, ...] = (1,)
(x): int = 1
x += 1; x -= 1; x *= 2; x /= 2; x //= 2; x %= 2; x **= 2
x >>= 1; x <<= 1; x &= 1; x ^= 1; x |= 1; x @= y
(x) += 1
del x, (y), [z, w], a[0], b.c
del (x, y)
del ()
pass
assert x, "message"
assert (x, y)
raise
raise ValueError
raise ValueError("x") from None
global x, y
if x: pass
elif y: pass; pass
else: pass
while x: break
else: pass
for x in 1, 2: continue
for x, in y: pass
for (x, *y), z.w in *a, b: pass
for x.y in z: pass
else: pass
try: pass
except: pass
try: pass
except (A, B) as e: pass
except C: pass
except: pass
else: pass
finally: pass
try: pass
finally: pass
try:
    pass
except* A:
    pass
except *B as e:
    pass
with a: pass
with a as b, c(): pass
with a as (b, c), d as [e, *f], g as h.i, j as k[0]: pass
with (a as b, c as d,): pass
with (open(a) as b): pass
with (a), (b): pass
with (a, b) as c: pass
with (yield_): pass


class A: pass
class A(): x = 1
class A(B, *C, metaclass=D, **E):
    """Text."""


@decorator
@decorator.attribute(1)  # a comment behind it
# and one between
@(lambda f: f)
@x if y else z
@x := y
def f(): pass


def f(a, /, b: int, c=1, *d: int, e, f: str = "x", **g) -> "int": return
def f(*, a): return a,
def f(a=1, *, b): yield
def f(*a, b=1): x = yield; yield x; (yield); yield from x; return (yield)
def f(a, b=1, /): return *a, b
def f(*args: *Ts): pass
def f():
    def g():
        nonlocal_ = 1
        def h():
            nonlocal nonlocal_


async def f():
    async with a as b, c: pass
    async for x in y: await z
    await (x)
    await x.y()
    x = [y async for y in z if await y]
    return (await x) + await y
    yield await x


def f():
    return (await_ async for await_ in x)


def f[T](x: T) -> T: pass
class A[T: int, *Ts, **P](B[T]): pass
type X = int
type X[T] = list[T]
type = 1
type(x)
type(x).y = 1
type[0] = 1
type.x = 1
if x: type (x).y = 1
