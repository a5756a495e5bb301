# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 1:5 "a number cannot start with 0: leave the zero out, or write 0o for an octal number"
x = 0777
#%%
#: 1:5 "a number cannot be deleted"
del 1
#%%
#: 1:9 "a number cannot be deleted"
del (x, 1)
#%%
#: 1:11 "a number cannot be given a value; `==` compares"
with a as 1:
    pass
#%%
#: 1:5 "an underscore in a number must stand between two digits"
x = 1_
#%%
#: 1:5 "an underscore in a number must stand between two digits"
x = 1__0
#%%
#: 1:5 "a number needs digits behind its 0x, 0o or 0b"
x = 0x
#%%
#: 1:5 "a number needs digits behind its 0x, 0o or 0b"
x = 0xg
#%%
#: 1:5 "a binary number has digits 0 and 1 only"
x = 0b12
#%%
#: 1:5 "a number needs digits behind its 0x, 0o or 0b"
x = 0o8
#%%
#: 1:5 "this is not a valid number (and a name cannot start with a digit)"
x = 1a
#%%
#: 1:5 "this is not valid Python here"
x = 1.2.3
#%%
#: 1:5 "this is not a valid number (and a name cannot start with a digit)"
x = 1e
#%%
#: 1:5 "this is not a valid number (and a name cannot start with a digit)"
x = 1e+
#%%
#: 1:5 "this is not a valid number (and a name cannot start with a digit)"
x = 1._5
#%%
#: 1:5 "this is not valid Python here"
x = 0b1.0
#%%
#: 1:5 "this is not a valid number (and a name cannot start with a digit)"
x = 1.real
#%%
#: 1:5 "this is not a valid number (and a name cannot start with a digit)"
x = 5abc
#%%
#: 1:1 "this is not a valid number (and a name cannot start with a digit)"
3x = 1
#%%
#: 1:5 "an underscore in a number must stand between two digits"
x = 0_x
#%%
#: 1:5 "this is not a valid number (and a name cannot start with a digit)"
x = 5€
#%%
#: 1:15 "a number cannot be given a value; `==` compares"
with a as (b, 1): pass
#%%
#: 1:31 "a number cannot be given a value; `==` compares"
with open(x) as f, open(y) as 3: pass
