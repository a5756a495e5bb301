# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 1:1 "put brackets around this `:=`, or write `=`"
x := 3
#%%
#: 1:9 "write `==` to compare; `=` gives a name a value"
while x = 3:
    pass
#%%
#: 1:5 "this is not valid Python here"
x = None = 3
#%%
#: 1:6 "an assignment cannot be the value of another one like `+=`"
x += y += 1
#%%
#: 1:5 "an assignment like `+=` cannot be part of another assignment"
x = y += 1
#%%
#: 1:6 "an assignment cannot be the value of another one like `+=`"
x += y = 1
#%%
#: 1:1 "this is not valid Python here"
f(): int
#%%
#: 1:5 "`*` cannot stand here: it needs a list, a tuple or a call around it"
a = *b
#%%
#: 1:1 "`*` cannot stand here: it needs a list, a tuple or a call around it"
*a
#%%
#: 1:6 "`*` cannot stand here: it needs a list, a tuple or a call around it"
a = (*b)
#%%
#: 1:5 "`*` cannot stand here: it needs a list, a tuple or a call around it"
a = *b + 1
#%%
#: 1:12 "`*` cannot stand here: it needs a list, a tuple or a call around it"
return_ = [*a for a in b]
#%%
#: 1:8 "this is not valid Python here"
x = {**a for a in b}
#%%
#: 1:6 "`*` cannot stand here: it needs a list, a tuple or a call around it"
x = {*a: 1}
#%%
#: 1:9 "`*` cannot stand here: it needs a list, a tuple or a call around it"
x = {a: *b}
#%%
#: 1:14 "this is not valid Python here"
x = {'a': 1, 2}
#%%
#: 1:12 "this is not valid Python here"
x = {1, 'a': 2}
#%%
#: 1:11 "this is not valid Python here"
x = {**a, 1}
#%%
#: 1:21 "a comma cannot stand here: put brackets around what is looped over, or around the whole expression before it"
x = {a: 1 for a in b, c}
#%%
#: 1:8 "this is not valid Python here"
x = [a for 1 in b]
#%%
#: 1:8 "this is not valid Python here"
x = [a for f() in b]
#%%
#: 1:6 "the keyword `for` cannot stand here"
x = [for a in b]
#%%
#: 1:8 "this is not valid Python here"
x = [a for a]
#%%
#: 1:16 "this is not valid Python here"
x = [a for a in]
#%%
#: 1:19 "the keyword `if` cannot stand here"
x = [a for a in b if]
#%%
#: 1:9 "this is not valid Python here"
x = [a, b for a in c]
#%%
#: 1:8 "this is not valid Python here"
x = [a if b for a in c]
#%%
#: 1:5 "`as` cannot stand here"
x = a as b
#%%
#: 1:5 "put brackets around this `:=`, or write `=`"
x = y := 3
#%%
#: 1:2 "this is not valid Python here"
(a.b := 3)
#%%
#: 1:6 "this is not valid Python here"
(f() := 3)
#%%
#: 1:7 "this is not valid Python here"
(None := 3)
#%%
#: 1:5 "put brackets around this `:=`, or write `=`"
x = a := 1, 2
#%%
#: 1:2 "put brackets around this `:=`, or write `=`"
{a := 1: 2}
#%%
#: 1:3 "put brackets around this `:=`, or write `=`"
x[a:=1:2]
#%%
#: 1:1 "this is not valid Python here"
; pass
#%%
#: 1:6 "this is not valid Python here"
x = 1;;
#%%
#: 1:1 "this is not valid Python here"
x = 1; if y: pass
#%%
#: 1:2 "Python has no `++`: write `+= 1`"
x++
#%%
#: 1:6 "Python has no `++`: write `+= 1`"
x = y++
#%%
#: 1:3 "write `or` for `||`"
a || b
#%%
#: 1:5 "this is not valid Python here"
x = = 3
#%%
#: 1:6 "this is not valid Python here"
x == = 3
#%%
#: 1:6 "this is not valid Python here"
x =+ = 3
#%%
#: 1:5 "this is not valid Python here"
x = a b
#%%
#: 1:1 "this is not valid Python here"
x y = 3
#%%
#: 1:5 "this is not valid Python here"
x = 3 4
#%%
#: 1:11 "this is not valid Python here"
x = a not b
#%%
#: 1:7 "the keyword `is` cannot stand here"
x = a is is b
#%%
#: 1:5 "the keyword `and` cannot stand here"
x = and a
#%%
#: 1:1 "this line is not valid Python"
x = a if b
#%%
#: 1:15 "this is not valid Python here"
x = if a else b
#%%
#: 1:9 "the keyword `not` cannot stand here"
x = a + not b
#%%
#: 1:7 "this is not valid Python here"
x = a < > b
#%%
#: 1:8 "this is not valid Python here"
x = a =< b
#%%
#: 1:8 "this is not valid Python here"
x = a => b
#%%
#: 1:7 "this is not valid Python here"
x = a[]
#%%
#: 1:9 "this is not valid Python here"
x = a[1 2]
#%%
#: 1:7 "this is not valid Python here"
x = a[1:2:3:4]
#%%
#: 1:7 "this is not valid Python here"
x = a..b
#%%
#: 1:5 "this is not valid Python here"
x = a.1
#%%
#: 1:5 "this is not valid Python here"
x = .a
#%%
#: 1:9 "this is not valid Python here"
x = a.(b)
#%%
#: 1:5 "this is not valid Python here"
x = @a
#%%
#: 1:5 "this is not valid Python here"
x = a → b
#%%
#: 1:12 "the keyword `pass` cannot stand here"
def f[](): pass
#%%
#: 1:9 "this is not valid Python here"
def f() -> : pass
#%%
#: 1:11 "this is not valid Python here"
def f() : int: pass
#%%
#: 1:1 "this is not valid Python here"
def f x: pass
#%%
#: 1:15 "the keyword `return` cannot stand here"
x = lambda x: return x
#%%
#: 1:6 "this is not valid Python here"
while:
    pass
#%%
#: 1:5 "this is not valid Python here"
int x = 3
#%%
#: 1:5 "this is not valid Python here"
var x = 3
#%%
#: 1:10 "this is not valid Python here"
function f() {
}
#%%
#: 1:9 "this is not valid Python here"
x = new A()
#%%
#: 1:8 "this is not valid Python here"
x = a ->b
#%%
#: 1:1 "this is not valid Python here"
// comment
#%%
#: 1:12 "this is not valid Python here"
x = {1: 2, 3}
#%%
#: 1:7 "this is not valid Python here"
x = {1:}
#%%
#: 1:6 "this is not valid Python here"
x = {:}
#%%
#: 1:6 "this is not valid Python here"
x = {: 1}
#%%
#: 1:5 "a comma needs something before it"
x = {,}
#%%
#: 1:6 "this is not valid Python here"
x = [,]
#%%
#: 1:6 "this is not valid Python here"
x = (,)
#%%
#: 1:7 "this is not valid Python here"
x = [1,,2]
#%%
#: 1:6 "this is not valid Python here"
x = 1,,2
#%%
#: 1:8 "this is not valid Python here"
x = (1 2)
#%%
#: 1:8 "this is not valid Python here"
x = {1 2}
#%%
#: 1:1 "this line is not valid Python"
x = **a
#%%
#: 1:1 "this line is not valid Python"
x = a ** ** b
#%%
#: 1:10 "this is not valid Python here"
x = a // / b
#%%
#: 2:5 "this is not valid Python here"
print
x = print "a" % b
#%%
#: 1:6 "this is not valid Python here"
print("a") "b"
#%%
#: 1:1 "this line is not valid Python"
elif_ = elif
#%%
#: 1:1 "this is not valid Python here"
x.class = 3
#%%
#: 1:7 "the keyword `class` cannot stand here"
def f(class): pass
#%%
#: 1:6 "the keyword `lambda` cannot stand here"
x = [lambda]
#%%
#: 1:18 "a comma cannot stand here: put brackets around what is looped over, or around the whole expression before it"
x = {a for a in b, c}
#%%
#: 1:9 "this is not valid Python here"
x = a[b c]
#%%
#: 1:7 "`*` cannot stand here: it needs a list, a tuple or a call around it"
x = a[*b:c]
#%%
#: 1:7 "put brackets around this `:=`, or write `=`"
x = a[b:=c:d]
#%%
#: 1:10 "this is not valid Python here"
x = (a.b := c)
#%%
#: 1:5 "this is not valid Python here"
x = 1 2
