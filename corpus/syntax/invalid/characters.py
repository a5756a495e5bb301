# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 1:3 "`?` has no meaning in Python"
a ? b : c
#%%
#: 1:3 "write `and` for `&&`"
a && b
#%%
#: 1:1 "`!` alone is not an operator in Python: write `not`"
!a
#%%
#: 1:5 "`$` has no meaning in Python"
x = $a
#%%
#: 1:6 "`!` alone is not an operator in Python: write `not`"
x = a!
#%%
#: 1:5 "this is a printer's quotation mark: Python knows only ' and ""
x = “hi”
#%%
#: 1:1 "the character `€` has no meaning here"
€ = 1
#%%
#: 1:6 "an invisible character stands here that Python does not take for a blank: type the blank anew"
x = 1 + 2
#%%
#: 1:2 "an invisible character stands here that Python does not take for a blank: type the blank anew"
x​ = 1
#%%
#: 2:2 "an invisible character stands here that Python does not take for a blank: type the blank anew"
﻿x = 1
y﻿ = 2
#%%
#: 1:6 "a control character stands here: the file may be damaged"
x = 1
#%%
#: 1:5 "a control character stands here: the file may be damaged"
x = 
#%%
#: 2:5 "this is a printer's quotation mark: Python knows only ' and ""
x = "“hi"
y = ‘hi’
#%%
#: 1:7 "this is a printer's quotation mark: Python knows only ' and ""
print(“hi”)
