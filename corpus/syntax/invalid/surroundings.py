# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 1:1 "`return` can stand inside a function only"
return x := 1
#%%
#: 1:1 "`yield` can stand inside a function only"
yield x
#%%
#: 2:5 "`yield` can stand inside a function only"
class A:
    yield 1
#%%
#: 1:1 "`return` can stand inside a function only"
return 3
#%%
#: 2:5 "`return` can stand inside a function only"
class A:
    return 3
#%%
#: 1:1 "`break` can stand inside a loop only"
break
#%%
#: 1:1 "`continue` can stand inside a loop only"
continue
#%%
#: 2:5 "`break` can stand inside a loop only"
if x:
    break
#%%
#: 2:5 "`break` can stand inside a loop only"
def f():
    break
#%%
#: 3:9 "`continue` can stand inside a loop only"
while x:
    def f():
        continue
#%%
#: 4:5 "`break` can stand inside a loop only"
for x in y:
    pass
else:
    break
#%%
#: 1:1 "`await` can stand inside a function only"
await x
#%%
#: 2:5 "`await` can stand inside a function only"
class C:
    await x
#%%
#: 2:5 "`async` can stand inside an `async def` only"
def f():
    async with a:
        pass
#%%
#: 2:5 "`async` can stand inside an `async def` only"
def f():
    async for a in b:
        pass
#%%
#: 1:1 "`async` can stand inside an `async def` only"
async with a:
    pass
#%%
#: 2:15 "`async` can stand inside an `async def` only"
def f():
    return [x async for x in y]
#%%
#: 2:5 "`import *` can stand at the top level of a file only"
def f():
    from x import *
#%%
#: 2:5 "`import *` can stand at the top level of a file only"
class A:
    from x import *
#%%
#: 1:1 "`nonlocal` needs a function around, whose name it means"
nonlocal x
#%%
#: 2:5 "`nonlocal` needs a function around, whose name it means"
def f():
    nonlocal x
#%%
#: 1:6 "`yield` can stand inside a function only"
x = (yield)
#%%
#: 1:1 "`return` can stand inside a function only"
return
#%%
#: 1:1 "`nonlocal` needs a function around, whose name it means"
nonlocal x, y
#%%
#: 2:5 "`nonlocal` needs a function around, whose name it means"
class A:
    nonlocal x
