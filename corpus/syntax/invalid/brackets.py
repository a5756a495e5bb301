# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 1:5 "this bracket is never closed"
x = (1 +
#%%
#: 1:4 "this bracket is never closed"
foo(a,
y = 3
#%%
#: 1:5 "this bracket is never closed"
d = {"a":
x = 1
#%%
#: 1:5 "this bracket is never closed"
x = [1, 2
print(x)
#%%
#: 1:10 "this `]` cannot close the `(` that was opened last"
x = (1, 2]
#%%
#: 1:6 "no bracket was opened that this one could close"
x = 1)
#%%
#: 1:6 "this bracket is never closed"
def f(:
    pass
#%%
#: 1:8 "this bracket is never closed"
class A(
    pass
#%%
#: 1:15 "this bracket is never closed"
from x import (a, b
#%%
#: 1:9 "this bracket is never closed"
x = ()()(
#%%
#: 1:5 "this bracket is never closed"
x = [1, 2, 3
y = 4
#%%
#: 1:6 "this bracket is never closed"
print("hello"
print("world")
#%%
#: 1:10 "this `}` cannot close the `[` that was opened last"
x = [1, 2}
#%%
#: 1:6 "this bracket is never closed"
x = {(1, 2}
#%%
#: 1:6 "this bracket is never closed"
with (a as b: pass
#%%
#: 3:8 "this bracket is never closed"
try:
    pass
except (E, F:
    pass
#%%
#: 1:17 "this bracket is never closed"
x = (*a, b := c)[
