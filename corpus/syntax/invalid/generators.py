# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 2:10 "put brackets around this `yield`"
def f():
    x = [yield]
#%%
#: 2:10 "put brackets around this `yield`"
def f():
    x = (yield, 1)
#%%
#: 2:7 "the keyword `yield` cannot stand here"
def f():
    g(yield)
#%%
#: 2:9 "this is not valid Python here"
def f():
    x = 1 + yield
#%%
#: 2:12 "the keyword `yield` cannot stand here"
def f():
    return yield 1
#%%
#: 1:7 "this is not valid Python here"
async x = 1
#%%
#: 1:1 "`async` is a keyword and cannot be a name"
async = 1
#%%
#: 1:1 "`await` is a keyword and cannot be a name"
await = 1
#%%
#: 1:1 "this is not valid Python here"
x.await
#%%
#: 2:5 "`yield from` cannot stand in an `async def`: use `await`"
async def f():
    yield from x
#%%
#: 1:1 "this is not valid Python here"
(yield) = 1
#%%
#: 1:19 "this is not valid Python here"
def f(): (yield) += 1
#%%
#: 2:11 "this is not valid Python here"
def f():
    yield = 1
#%%
#: 2:15 "this is not valid Python here"
def f():
    x = yield = 1
#%%
#: 2:11 "this is not valid Python here"
def f():
    yield x = 1
