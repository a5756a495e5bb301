# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 1:1 "this is Python 2 (`print` without brackets): MicroPython and CircuitPython run Python 3, so the file is not analysed"
print "x"
#%%
#: 1:1 "this is Python 2 (`print` without brackets): MicroPython and CircuitPython run Python 3, so the file is not analysed"
print x, y
#%%
#: 3:1 "this is Python 2 (`except` with a comma: write `as`): MicroPython and CircuitPython run Python 3, so the file is not analysed"
try:
    pass
except E, e:
    pass
#%%
#: 1:6 "this is Python 2 (`<>`: write `!=`): MicroPython and CircuitPython run Python 3, so the file is not analysed"
if a <> b:
    pass
#%%
#: 1:5 "this is Python 2 (backquotes: write `repr(…)`): MicroPython and CircuitPython run Python 3, so the file is not analysed"
x = `a`
#%%
#: 1:1 "this is Python 2 (`exec` without brackets): MicroPython and CircuitPython run Python 3, so the file is not analysed"
exec "code"
#%%
#: 1:1 "this is Python 2 (`exec` without brackets): MicroPython and CircuitPython run Python 3, so the file is not analysed"
exec code in ns
#%%
#: 1:1 "this is Python 2 (`raise` with a comma: write a call): MicroPython and CircuitPython run Python 3, so the file is not analysed"
raise E, "message"
#%%
#: 1:5 "this is Python 2 (a number with an `L` behind it): MicroPython and CircuitPython run Python 3, so the file is not analysed"
x = 10L
#%%
#: 1:7 "this is Python 2 (a parameter in brackets): MicroPython and CircuitPython run Python 3, so the file is not analysed"
def f((a, b)):
    pass
#%%
#: 1:8 "this is Python 2 (a parameter in brackets): MicroPython and CircuitPython run Python 3, so the file is not analysed"
lambda (a, b): a
#%%
#: 1:1 "this is Python 2 (`raise` with a comma: write a call): MicroPython and CircuitPython run Python 3, so the file is not analysed"
raise a, b from c
#%%
#: 1:1 "this line is not valid Python"
#: 2:5 "this is not valid Python here"
switch x:
    case 1: pass
#%%
#: 1:1 "this is Python 2 (`print` without brackets): MicroPython and CircuitPython run Python 3, so the file is not analysed"
print x
#%%
#: 1:1 "this is Python 2 (`print` without brackets): MicroPython and CircuitPython run Python 3, so the file is not analysed"
print "a" % b
#%%
#: 1:1 "this is Python 2 (`print` without brackets): MicroPython and CircuitPython run Python 3, so the file is not analysed"
print 1
#%%
#: 1:1 "this is Python 2 (`exec` without brackets): MicroPython and CircuitPython run Python 3, so the file is not analysed"
exec x
