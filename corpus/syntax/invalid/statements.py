# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 1:6 "write `==` to compare; `=` gives a name a value"
if x = 3:
    pass
#%%
#: 1:1 "this line is not valid Python"
for i range(3):
    pass
#%%
#: 1:1 "this line is not valid Python"
class :
    pass
#%%
#: 1:4 "`*` cannot stand here: it needs a list, a tuple or a call around it"
if *a:
    pass
#%%
#: 1:5 "this is not valid Python here"
del x for x in y
#%%
#: 1:1 "this line is not valid Python"
for 1 in x:
    pass
#%%
#: 1:1 "this line is not valid Python"
for f() in x:
    pass
#%%
#: 1:1 "this line is not valid Python"
for x + 1 in y:
    pass
#%%
#: 1:1 "this line is not valid Python"
for None in b:
    pass
#%%
#: 1:5 "this is not valid Python here"
with:
    pass
#%%
#: 1:4 "`as` cannot stand here"
if a as b:
    pass
#%%
#: 1:8 "put brackets around this `:=`, or write `=`"
assert x := 1
#%%
#: 1:14 "`assert` takes a condition and one message"
assert a, b, c
#%%
#: 1:1 "`raise` needs an exception before `from`"
raise from x
#%%
#: 1:8 "this is not valid Python here"
global a.b
#%%
#: 1:1 "this line is not valid Python"
global a,
#%%
#: 1:1 "this is not valid Python here"
global a = 1
#%%
#: 1:1 "the keyword `pass` cannot stand here"
pass x
#%%
#: 1:5 "this is not valid Python here"
pass; ; pass
#%%
#: 1:7 "this is not valid Python here"
if x: if y: pass
#%%
#: 1:19 "the keyword `pass` cannot stand here"
if x: for a in b: pass
#%%
#: 1:1 "this line is not valid Python"
@a
x = 1
#%%
#: 1:2 "this is not valid Python here"
@a b
def f(): pass
#%%
#: 1:1 "this line is not valid Python"
@a
@b
#%%
#: 1:1 "this line is not valid Python"
match x:
    x = 1
#%%
#: 2:15 "this is not valid Python here"
match x:
    case a, b +:
        pass
#%%
#: 4:13 "this is not valid Python here"
match x:
    case a.b():
        pass
    case f().x:
        pass
#%%
#: 2:10 "this is not valid Python here"
match x:
    case -a:
        pass
#%%
#: 1:1 "this line is not valid Python"
case 1:
    pass
#%%
#: 1:1 "this line is not valid Python"
type X
#%%
#: 1:6 "the name of a type must be a plain name"
type 1 = int
#%%
#: 1:6 "the name of a type must be a plain name"
type X.y = int
#%%
#: 1:1 "this line is not valid Python"
type X[T] int
#%%
#: 1:8 "this is not valid Python here"
class A.b: pass
#%%
#: 1:9 "this is not valid Python here"
class A(x for x in y): pass
#%%
#: 1:9 "this is not valid Python here"
for in x:
    pass
#%%
#: 1:9 "this is not valid Python here"
for x in:
    pass
#%%
#: 1:1 "this line is not valid Python"
for x of y:
    pass
#%%
#: 1:1 "this line is not valid Python"
for (i = 0; i < 3; i++):
    pass
#%%
#: 1:8 "this is not valid Python here"
with a b:
    pass
#%%
#: 1:8 "the keyword `as` cannot stand here"
with a as:
    pass
#%%
#: 1:7 "`with` cannot end with a comma unless brackets are around its list"
with a, : pass
#%%
#: 1:21 "this is not valid Python here"
with (a, b) as c, d e: pass
#%%
#: 1:13 "this is not valid Python here"
for x, in y z: pass
#%%
#: 1:7 "this is not valid Python here"
if x: pass else: pass
#%%
#: 1:1 "this is not valid Python here"
for if in x: pass
