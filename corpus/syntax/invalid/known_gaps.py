# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines: nothing yet, though CPython refuses it.
#%%
async def f():
    yield 1
    return 2
#%%
from __future__ import braces_
#%%
def f(x):
    global x
#%%
def f():
    x = 1
    global x
#%%
match x:
    case {**a, 'b': 1}:
        pass
#%%
match x:
    case [*a, *b]:
        pass
#%%
match x:
    case A(b=1, 2):
        pass
#%%
match x:
    case a | b:
        pass
#%%
match x:
    case _:
        pass
    case 1:
        pass
#%%
match x:
    case 1 + 2:
        pass
#%%
match x:
    case 1 as _:
        pass
#%%
match x:
    case f"{a}":
        pass
#%%
def f():
    def g():
        x = 1
        nonlocal x
