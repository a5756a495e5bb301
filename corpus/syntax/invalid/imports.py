# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 1:1 "the keyword `import` cannot stand here"
import async
#%%
#: 1:16 "an import cannot end with a comma"
from x import a,
#%%
#: 1:16 "this is not valid Python here"
from x import ()
#%%
#: 1:15 "a name that is imported from a module cannot hold a dot"
from x import a.b
#%%
#: 1:16 "a name that is imported from a module cannot hold a dot"
from x import (a.b)
#%%
#: 1:1 "the keyword `from` cannot stand here"
from import x
#%%
#: 1:9 "an import cannot end with a comma"
import a,
#%%
#: 1:8 "this is not valid Python here"
import a as b.c
#%%
#: 1:1 "this is not valid Python here"
import a.b.c as 1
#%%
#: 1:1 "this line is not valid Python"
import *
#%%
#: 1:8 "this is not valid Python here"
import .a
#%%
#: 1:8 "this is not valid Python here"
import a from b
#%%
#: 1:15 "this is not valid Python here"
from x import a as b.c
#%%
#: 1:1 "this is not valid Python here"
from x import *, a
#%%
#: 1:1 "this line is not valid Python"
from x import (*)
#%%
#: 1:1 "this line is not valid Python"
from __future__ import *
#%%
#: 1:1 "this line is not valid Python"
import class
#%%
#: 1:1 "this line is not valid Python"
from a import def
