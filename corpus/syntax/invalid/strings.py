# Invalid Python, in sections. `#: LINE:COLUMN "words"` is what is said about the section's code,
# which starts behind these lines.
#%%
#: 1:5 "`ur` cannot stand before a string"
x = ur"abc"
#%%
#: 1:5 "this string is not closed on its line"
x = "abc
y = 1
#%%
#: 1:5 "this triple-quoted string is never closed"
x = """abc
y = 1
#%%
#: 1:7 "this `{` in the string is never closed by a `}`"
x = f"{a"
#%%
#: 1:7 "this `{` in the string is never closed by a `}`"
x = f"{a
y = 1
#%%
#: 1:7 "a single `}` in this string closes nothing: write `}}`"
x = f"}"
#%%
#: 1:5 "this is not valid Python here"
x = f"{}"
#%%
#: 1:9 "a conversion in a string is `!r`, `!s` or `!a`"
x = f"{a!z}"
#%%
#: 1:10 "this is not valid Python here"
x = f"{a b}"
#%%
#: 1:7 "this `{` in the string is never closed by a `}`"
x = f"{a:{b}"
#%%
#: 1:9 "this is not valid Python here"
x = f"{a!}"
#%%
#: 1:7 "bytes can hold ASCII characters only: write `\x` escapes"
x = b"é"
#%%
#: 1:10 "strings and bytes cannot be joined"
x = b"a" "b"
#%%
#: 1:9 "strings and bytes cannot be joined"
x = "a" b"b"
#%%
#: 1:10 "strings and bytes cannot be joined"
x = f"a" b"b"
#%%
#: 1:5 "`ub` cannot stand before a string"
x = ub"a"
#%%
#: 1:5 "`fb` cannot stand before a string"
x = fb"a"
#%%
#: 1:5 "`bb` cannot stand before a string"
x = bb"a"
#%%
#: 1:6 "`\x` needs two hexadecimal digits behind it; write `\\x` for a backslash and an x"
x = "\x1"
#%%
#: 1:6 "`\u` needs four hexadecimal digits behind it; write `\\u` for a backslash and a u"
x = "\u12"
#%%
#: 1:6 "there is no character with a number above 10FFFF"
x = "\U00110000"
#%%
#: 1:7 "`\x` needs two hexadecimal digits behind it; write `\\x` for a backslash and an x"
x = b"\x1"
#%%
#: 1:8 "`\U` needs eight hexadecimal digits behind it; write `\\U` for a backslash and a U"
x = "C:\Users"
#%%
#: 1:6 "`\N` needs the name of a character in braces behind it; write `\\N` for a backslash and an N"
x = "\N"
#%%
#: 1:7 "this string is not closed on its line"
print("hello))
#%%
#: 1:12 "this string is not closed on its line"
print('it's')
#%%
#: 1:11 "this string is not closed on its line"
print("a" "b
#%%
#: 1:5 "this string is not closed on its line"
x = 'a"
#%%
#: 1:1 "this is not valid Python here"
f"{a}" = 1
#%%
#: 1:9 "this string is not closed on its line"
x = 'a' 'b
