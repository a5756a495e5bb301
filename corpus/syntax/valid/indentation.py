if a:
 if b:
  pass
 elif c:
      pass
 else: pass
if a:
	if b:
		pass
	else:
		pass
if a:
        if b:
        	pass
if a:
	b = 1
        c = 2
class K:
    def f(self):
	return 1
def f():

    # a comment
  # one to the left
        # one to the right
    x = 1

# a comment at the left

    y = 2
    if x: pass

    else:
        pass
    try:
        pass
    # a comment before a clause
    except A:
        pass


    finally:
        pass
x = [
        1,
  2,
3,
]
def g(
    a,
b): return (a +
b)
class A:
    x = """
left
"""
    y = 1
    def f(self): pass
    
    def g(self): pass
for x in y:
    pass
else:
    pass
while x:
    if y:
        break
    else:
        continue
else:
    pass
if a:
    pass;
x = 1;
if \
a:
    pass
\
x = 1
if a:
    x = 1
    \
    y = 1
