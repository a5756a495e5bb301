# What runs on the device: `__name__` becomes an object whose every unknown attribute is a probe point. So a
# probe is `__name__.p7`: it takes no name of the program's, one slot of the stack, and no memory.
#
# At each point the heap is collected. Written are, each line after the mark \x1e: the point, where neither a request nor the
# collection has changed anything; else the point and the bytes in use, the map where these have changed, the bytes in use after the
# collection, the map where that freed something, and an empty line.
#
# q() squeezes the heap: what is left of it is in holes of t bytes, or up to two blocks more, between buffers of that size.
# f() then fills what is larger than a hole of u bytes, the frame of q() for one.
class H:
 def __getattr__(s,n):
  m=s.A()
  d=m!=s.m
  if d:
   s.P('\x1e',n,m)
   s.I(1)
  s.C()
  c=s.A()
  if d or c!=m:
   if not d:s.P('\x1e',n,m)
   s.P('\x1e',c)
   if c!=m:s.I(1)
   s.P('\x1e')
  else:s.P('\x1e',n)
  s.m=c
  s.D()
  if n is s.J:s.m=-1
  elif n is not s.K:s.v=None
 def q(s,t):
  s.C()
  b=k=None
  try:
   while 1:
    b=(b,bytearray(t))
    k=(k,bytearray(t))
  except MemoryError:pass
  s.k=k
 def f(s,u):
  s.C()
  try:
   while 1:s.k=(s.k,bytearray(u))
  except MemoryError:pass
  s.E()
h=H()
h.k=None
h.m=-1
h.v=None
h.K='x'
h.J='X'
h.A=gc.mem_alloc
h.C=gc.collect
h.D=gc.disable
h.E=gc.enable
h.I=mi
h.P=print
g['__name__']=h
