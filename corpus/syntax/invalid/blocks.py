# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 1:1 "this `try` has neither an `except` nor a `finally`"
try:
    x = 1
y = 2
#%%
#: 3:1 "this `else` needs an `except` before it"
try:
    x = 1
else:
    y = 2
#%%
#: 1:7 "expected `:` at the end of this `def` line"
def f()
    pass
#%%
#: 1:4 "expected `:` at the end of this `if` line"
if x
    y = 1
#%%
#: 1:17 "expected `:` at the end of this `for` line"
for i in range(3)
    pass
#%%
#: 3:1 "write `elif` for `else if`"
if x:
    pass
else if y:
    pass
#%%
#: 1:11 "`as` cannot stand here"
except_ = 1 as x
#%%
#: 3:13 "an exception can be given a plain name only"
try:
    pass
except E as a.b:
    pass
#%%
#: 3:13 "an exception can be given a plain name only"
try:
    pass
except E as f():
    pass
#%%
#: 3:1 "an `except` without a kind of exception must be the last one"
try:
    pass
except:
    pass
except E:
    pass
#%%
#: 3:1 "`except*` needs the kind of exception it takes"
try:
    pass
except*:
    pass
#%%
#: 5:1 "`except` and `except*` cannot be mixed"
try:
    pass
except* E:
    pass
except F:
    pass
#%%
#: 1:12 "something must follow this `else`"
x = a if b else
#%%
#: 1:7 "expected `:` at the end of this `class` line"
class A
    pass
#%%
#: 1:17 "expected `:` at the end of this `def` line"
def f(x) return x
#%%
#: 2:12 "expected `:` at the end of this `if` line"
def f(x):
    if x > 3
        return x
#%%
#: 1:7 "expected `:` at the end of this `while` line"
while True
    pass
#%%
#: 3:1 "expected `:` at the end of this `if` line"
if (x) {
    y = 1
}
#%%
#: 1:3 "this statement is not complete at the end of its line"
#: 3:7 "expected `:` at the end of this `while` line"
do:
    x = 1
while x
#%%
#: 1:5 "expected `:` at the end of this `try` line"
try pass
#%%
#: 1:1 "this `try` has neither an `except` nor a `finally`"
try: pass
#%%
#: 3:12 "this is not valid Python here"
try:
    pass
except E as:
    pass
#%%
#: 3:10 "this is not valid Python here"
try:
    pass
except E e:
    pass
#%%
#: 1:9 "expected `:` at the end of this `class` line"
class = 3
#%%
#: 1:7 "expected `:` at the end of this `def` line"
def = 3
