# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 1:1 "expected an indented block after this `if`"
if x:
y=1
#%%
#: 2:5 "this line is indented, but the line before it opens no block"
x = 1
    y = 2
#%%
#: 3:5 "this line's indentation fits none of the blocks around it"
if x:
        a = 1
    b = 2
#%%
#: 3:2 "this line is indented, but the line before it opens no block"
if x:
    a = 1
	b = 2
#%%
#: 1:1 "this `else` has nothing above it at the same indentation that it could belong to"
else:
    pass
#%%
#: 1:1 "this `elif` has no `if` above it at the same indentation"
elif x:
    pass
#%%
#: 5:1 "this `elif` has no `if` above it at the same indentation"
if x:
    pass
else:
    pass
elif y:
    pass
#%%
#: 1:1 "this `except` has no `try` above it at the same indentation"
except E:
    pass
#%%
#: 1:1 "this `finally` has no `try` above it at the same indentation"
finally:
    pass
#%%
#: 5:1 "this `except` has no `try` above it at the same indentation"
try:
    pass
finally:
    pass
except E:
    pass
#%%
#: 7:1 "this `else` has nothing above it at the same indentation that it could belong to"
try:
    pass
except E:
    pass
finally:
    pass
else:
    pass
#%%
#: 1:1 "expected an indented block after this `class`"
class A():
#%%
#: 1:1 "expected an indented block after this `def`"
def f():
#%%
#: 1:1 "expected an indented block after this `def`"
def f(): 
x = 1
#%%
#: 2:5 "expected an indented block after this `def`"
class A:
    def f(self):
    x = 1
#%%
#: 1:1 "expected an indented block after this `for`"
for x in y:
# comment
#%%
#: 3:3 "this line's indentation fits none of the blocks around it"
while True:
    pass
  x = 1
#%%
#: 1:5 "this line is indented, but the line before it opens no block"
    x = 1
#%%
#: 3:4 "this line is indented, but the line before it opens no block"
x = 1
  
   y = 2
#%%
#: 3:6 "this line is indented, but the line before it opens no block"
if True:
    x = 1
     y = 2
#%%
#: 3:4 "this line's indentation fits none of the blocks around it"
if True:
    x = 1
   y = 2
#%%
#: 3:5 "this `else` has nothing above it at the same indentation that it could belong to"
def f():
    pass
    else:
        pass
#%%
#: 2:5 "expected an indented block after this `case`"
#: 3:5 "the keyword `pass` cannot stand here"
match x:
    case 1:
    pass
#%%
#: 1:1 "expected an indented block after this `match`"
match x:
case 1:
    pass
#%%
#: 1:1 "expected an indented block after this `match`"
match x:
#%%
#: 3:2 "this line's indentation fits none of the blocks around it"
def f():
  return
 x = 1
#%%
#: 3:4 "this line's indentation fits none of the blocks around it"
class A:
    x = 1
   def f(self):
        pass
#%%
#: 3:3 "this line's indentation fits none of the blocks around it"
if x:
    pass
  else:
    pass
#%%
#: 1:1 "expected an indented block after this `for`"
for i in range(10):
print(i)
#%%
#: 4:5 "this `else` has nothing above it at the same indentation that it could belong to"
x = 5
if x == 5:
    print("a")
    else:
    print("b")
