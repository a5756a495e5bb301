# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 1:3 "something must follow this `=`"
x =
y = 3
#%%
#: 1:2 "something must follow this `.`"
a.
b = 3
#%%
#: 2:7 "something must follow this `=`"
while True:
    x =
    del buf
#%%
#: 1:3 "something must follow this `+`"
1 +
#%%
#: 1:1 "something must follow this `del`"
del
#%%
#: 1:8 "something must follow this `import`"
from x import
#%%
#: 1:1 "something must follow this `import`"
import
#%%
#: 1:8 "something must follow this `import`"
from . import
#%%
#: 1:1 "something must follow this `assert`"
assert
#%%
#: 1:9 "something must follow this `from`"
raise a from
#%%
#: 1:1 "something must follow this `global`"
global
#%%
#: 1:5 "something must follow this `not`"
x = not
#%%
#: 1:7 "something must follow this `and`"
x = a and
#%%
#: 1:6 "something must follow this `.`"
x = a.
#%%
#: 1:1 "something must follow this `@`"
@
def f(): pass
#%%
#: 1:7 "a backslash joins this line and the next, so nothing may follow it, not even a blank"
x = 1 \ 
y = 2
#%%
#: 1:7 "nothing follows this backslash at the end of the file"
x = 1 \
#%%
#: 1:5 "a backslash joins this line and the next, so nothing may follow it, not even a blank"
x = \ 1
#%%
#: 1:8 "something must follow this `=`"
type X = 
#%%
#: 2:14 "something must follow this `+`"
def f(x):
    return x +
#%%
#: 1:12 "something must follow this `*/`"
/* comment */
#%%
#: 1:1 "this is not valid Python here"
#: 3:1 "something must follow this `=======`"
#: 5:1 "this is not valid Python here"
<<<<<<< HEAD
x = 1
=======
x = 2
>>>>>>> b
#%%
#: 1:5 "something must follow this `~`"
x = ~
#%%
#: 1:7 "something must follow this `@`"
x = a @
#%%
#: 1:7 "something must follow this `=`"
x.y.z = 
#%%
#: 1:6 "something must follow this `=`"
x[0] =
#%%
#: 1:4 "something must follow this `=`"
x, = 
