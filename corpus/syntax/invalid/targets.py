# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 1:1 "this is not valid Python here"
f() = 1
#%%
#: 1:1 "this is not valid Python here"
1 = x
#%%
#: 1:1 "this is not valid Python here"
"a" = x
#%%
#: 1:1 "this is not valid Python here"
x + 1 = 2
#%%
#: 1:1 "this is not valid Python here"
-x = 2
#%%
#: 1:1 "this is not valid Python here"
None = 1
#%%
#: 1:1 "this is not valid Python here"
True = 1
#%%
#: 1:1 "this is not valid Python here"
(a, 1) = x
#%%
#: 1:1 "this is not valid Python here"
(a, f()) = x
#%%
#: 1:1 "this is not valid Python here"
[a, b + 1] = x
#%%
#: 1:1 "an assignment like `+=` takes one target, not several"
a, b += 1
#%%
#: 1:1 "an assignment like `+=` takes one target, not several"
(a, b) += 1
#%%
#: 1:1 "an assignment like `+=` takes one target, not several"
[a] += 1
#%%
#: 1:6 "this is not valid Python here"
f() += 1
#%%
#: 1:4 "this is not valid Python here"
1 += 1
#%%
#: 1:1 "only a single name can have a type annotation"
a, b: int = 1
#%%
#: 1:1 "only a single name can have a type annotation"
(a, b): int
#%%
#: 1:1 "only a single name can have a type annotation"
[a]: int
#%%
#: 1:10 "an assignment with a type annotation has one target only"
x: int = y = 3
#%%
#: 1:5 "an assignment with a type annotation has one target only"
x = y: int
#%%
#: 1:4 "a type annotation cannot hold a colon"
x: int: str = 3
#%%
#: 1:1 "a target with `*` needs others beside it, or a comma behind it"
*a = b
#%%
#: 1:2 "a target with `*` needs others beside it, or a comma behind it"
(*a) = b
#%%
#: 1:5 "only one target may have a `*`"
*a, *b = c
#%%
#: 1:5 "a call cannot be deleted"
del f()
#%%
#: 1:5 "this expression cannot be deleted"
del x + y
#%%
#: 1:5 "`*` has no meaning in `del`"
del *a
#%%
#: 1:5 "a target with `*` needs others beside it, or a comma behind it"
for *a in b:
    pass
#%%
#: 1:11 "a call cannot be given a value; `==` compares"
with a as f():
    pass
#%%
#: 1:11 "this expression cannot be given a value; `==` compares"
with a as b + c:
    pass
#%%
#: 1:11 "a constant of the language cannot be given a value; `==` compares"
with a as None:
    pass
#%%
#: 1:5 "this expression cannot be deleted"
del x := 1
#%%
#: 1:12 "a type annotation cannot hold a colon"
class A[T: int: str]: pass
#%%
#: 1:12 "`*` cannot stand in this type annotation"
def f() -> *int: pass
#%%
#: 1:1 "this is not valid Python here"
, x = 1
#%%
#: 1:4 "this is not valid Python here"
x, y z = 1
#%%
#: 1:9 "this is not valid Python here"
x = not = 1
#%%
#: 1:1 "this is not valid Python here"
not x = 1
#%%
#: 1:1 "this is not valid Python here"
x and y = 1
#%%
#: 1:1 "this is not valid Python here"
x == y = 1
#%%
#: 1:1 "this is not valid Python here"
(x == y) = 1
#%%
#: 1:1 "this is not valid Python here"
x if y else z = 1
#%%
#: 1:1 "this is not valid Python here"
[x for x in y] = 1
#%%
#: 1:1 "this is not valid Python here"
{} = 1
#%%
#: 1:1 "this is not valid Python here"
{a: b} = 1
#%%
#: 1:1 "this is not valid Python here"
{a, b} = 1
#%%
#: 1:1 "this is not valid Python here"
... = 1
#%%
#: 1:1 "this is not valid Python here"
x... = 1
#%%
#: 1:1 "this is not valid Python here"
(x for x in y) = 1
#%%
#: 1:1 "this is not valid Python here"
a.b() = 1
#%%
#: 1:1 "this is not valid Python here"
a[b]() = 1
#%%
#: 1:1 "an assignment like `+=` takes one target, not several"
() += 1
#%%
#: 1:15 "a call cannot be given a value; `==` compares"
with a as [b, f()]: pass
#%%
#: 1:12 "this expression cannot be given a value; `==` compares"
with a as (b + c): pass
#%%
#: 1:5 "this is not valid Python here"
x = 1 if y else z = 2
