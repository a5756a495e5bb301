# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 1:1 "this line is not valid Python"
def (x):
    pass
#%%
#: 1:12 "a parameter without a default cannot follow one with a default"
def f(a=1, b):
    pass
#%%
#: 1:10 "there is a parameter `a` already"
def f(a, a):
    pass
#%%
#: 1:7 "a bare `*` needs a named parameter behind it"
def f(*):
    pass
#%%
#: 1:7 "a bare `*` needs a named parameter behind it"
def f(*, **k):
    pass
#%%
#: 1:11 "only one parameter may have a `*`"
def f(*a, *b):
    pass
#%%
#: 1:12 "no parameter may follow the one with `**`"
def f(**k, a):
    pass
#%%
#: 1:7 "`/` needs a parameter before it"
def f(/, a):
    pass
#%%
#: 1:16 "only one `/` may stand among the parameters"
def f(a, /, b, /):
    pass
#%%
#: 1:13 "`/` must stand before `*`"
def f(*, a, /):
    pass
#%%
#: 1:8 "this is not valid Python here"
def f(a.b):
    pass
#%%
#: 1:7 "a parameter must be a plain name"
def f(*a.b):
    pass
#%%
#: 1:9 "this is not valid Python here"
def f(*a=1):
    pass
#%%
#: 1:10 "`*` cannot stand in this type annotation"
def f(x: *T):
    pass
#%%
#: 1:7 "the keyword `None` cannot stand here"
def f(None):
    pass
#%%
#: 1:7 "this is not valid Python here"
def f(1):
    pass
#%%
#: 1:13 "a parameter without a default cannot follow one with a default"
lambda a=1, b: a
#%%
#: 1:11 "there is a parameter `a` already"
lambda a, a: a
#%%
#: 1:8 "a bare `*` needs a named parameter behind it"
lambda *: 1
#%%
#: 1:1 "this is not valid Python here"
lambda x: int: 1
#%%
#: 1:9 "put brackets around this `:=`, or write `=`"
lambda: x := 1
#%%
#: 1:1 "this line is not valid Python"
def async():
    pass
#%%
#: 1:1 "something must follow this `lambda`"
lambda
#%%
#: 1:1 "this line is not valid Python"
lambda x
#%%
#: 1:1 "this line is not valid Python"
lambda x: 
#%%
#: 1:1 "this is not valid Python here"
lambda: yield
#%%
#: 1:32 "no parameter may follow the one with `**`"
def f(a, b=1, *c, d, e=2, **g, h): pass
#%%
#: 1:16 "only one parameter may have a `*`"
def f(a, *, b, *c): pass
#%%
#: 1:16 "a bare `*` needs a named parameter behind it"
def f(a, b, /, *, /): pass
#%%
#: 1:15 "a parameter without a default cannot follow one with a default"
def f(a=1, /, b): pass
#%%
#: 1:11 "there is a parameter `a` already"
def f(*a, a): pass
#%%
#: 1:12 "there is a parameter `a` already"
def f(a, **a): pass
#%%
#: 1:13 "there is a parameter `a` already"
def f(*, a, a): pass
#%%
#: 1:13 "no parameter may follow the one with `**`"
lambda **k, a: 1
#%%
#: 1:1 "this is not valid Python here"
lambda: 1 = 1
#%%
#: 1:8 "the keyword `if` cannot stand here"
lambda if: 1
