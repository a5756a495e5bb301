# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 1:8 "a plain argument cannot follow one with a name"
f(a=1, 2)
#%%
#: 1:8 "an argument with `*` cannot follow one with `**`"
f(**k, *a)
#%%
#: 1:8 "a plain argument cannot follow one with `**`"
f(**k, 1)
#%%
#: 1:8 "the argument `a` is given twice"
f(a=1, a=2)
#%%
#: 1:15 "a comma cannot stand here: put brackets around what is looped over, or around the whole expression before it"
f(x for x in y, 1)
#%%
#: 1:6 "this is not valid Python here"
f(1, x for x in y)
#%%
#: 1:5 "this is not valid Python here"
f(a b)
#%%
#: 1:6 "this is not valid Python here"
f(a.b=1)
#%%
#: 1:4 "this is not valid Python here"
f(1=2)
#%%
#: 1:7 "this is not valid Python here"
f(True=1)
#%%
#: 1:4 "this is not valid Python here"
f(a=)
#%%
#: 1:2 "a comma needs something before it"
f(,)
#%%
#: 1:4 "this is not valid Python here"
f(a,,b)
#%%
#: 1:20 "a comma cannot stand here: put brackets around what is looped over, or around the whole expression before it"
f(a := 1 for x in y, 2)
#%%
#: 1:5 "put brackets around this `:=`, or write `=`"
f(a=b:=1)
#%%
#: 1:4 "`*` cannot stand here: it needs a list, a tuple or a call around it"
f((*a))
#%%
#: 1:3 "`as` cannot stand here"
f(a as b)
#%%
#: 1:7 "put brackets around this `:=`, or write `=`"
f(x = y := 1)
#%%
#: 1:14 "a plain argument cannot follow one with a name"
class A(a=1, B): pass
#%%
#: 1:5 "`*` cannot stand here: it needs a list, a tuple or a call around it"
f(***a)
#%%
#: 1:3 "this is not valid Python here"
f(*)
#%%
#: 1:3 "this is not valid Python here"
f(**)
#%%
#: 1:15 "a comma cannot stand here: put brackets around what is looped over, or around the whole expression before it"
f(a for a in b, c for c in d)
#%%
#: 1:3 "`*` cannot stand here: it needs a list, a tuple or a call around it"
f(*a for a in b)
#%%
#: 1:5 "this is not valid Python here"
f(**a for a in b)
#%%
#: 1:5 "this is not valid Python here"
f(a=1 for a in b)
#%%
#: 1:15 "a comma cannot stand here: put brackets around what is looped over, or around the whole expression before it"
f(a for a in b,)
#%%
#: 1:12 "this is not valid Python here"
x = f(a)(b c)
#%%
#: 1:3 "this is not valid Python here"
f(class=3)
#%%
#: 1:3 "this is not valid Python here"
f(from=3)
