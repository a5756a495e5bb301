# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 1:4 "this bracket is never closed"
f(a[1)
b = 2
#%%
#: 1:11 "this bracket is never closed"
x = {"a": [1, 2}
#%%
#: 1:10 "this bracket is never closed"
x = f(a, {"b": 1)
y = 2
#%%
#: 3:5 "this string is not closed on its line"
#: 6:5 "this is not valid Python here"
x = {
    "a": 1,
    "b: 2,
    "c": 3,
}
y = = 2
#%%
#: 2:12 "this bracket is never closed"
#: 5:12 "this is not valid Python here"
def f():
    return (1 +

def g():
    return 2 2
#%%
#: 1:5 "this bracket is never closed"
#: 3:5 "this is not valid Python here"
x = (1,
y = 2
z = 3 3
#%%
#: 1:16 "this is not valid Python here"
import neopixel+l
#%%
#: 1:5 "this is not valid Python here"
x = (a + b) 2
#%%
#: 1:5 "this is not valid Python here"
try::
    x = 1
except E:
    pass
#%%
#: 1:4 "expected `:` at the end of this `if` line"
#: 3:7 "expected `:` at the end of this `while` line"
#: 4:9 "this is not valid Python here"
if x
    y = 1
while True
    z = 1 1
w = 2
#%%
#: 2:10 "write `==` to compare; `=` gives a name a value"
#: 4:9 "this bracket is never closed"
while True:
    if x = 3:
        y = 2
    z = (1 + 2
    del z
#%%
#: 1:1 "this `else` has nothing above it at the same indentation that it could belong to"
#: 3:10 "expected `:` at the end of this `for` line"
else:
    x = 1
for y in z
    pass
#%%
#: 1:10 "expected `:` at the end of this `for` line"
for i in 3
    x = 1
#%%
#: 1:12 "this bracket is never closed"
async def f(
    pass
y = 1
#%%
#: 1:5 "this string is not closed on its line"
#: 2:5 "this string is not closed on its line"
x = "a
y = "b
z = 3
#%%
#: 2:5 "this string is not closed on its line"
x = f(
    "a,
    b,
)
y = 1
#%%
#: 1:7 "something must follow this `+`"
#: 2:7 "something must follow this `*`"
x = 1 +
y = 2 *
z = 3
