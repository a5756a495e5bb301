# Every string of Python 3.
x = 'a' "b" '''c''' """d"""
x = ('a'
     "b"  # comment
     'c')
x = r'\x' R"\u" u'a' U"b"
x = b'c' B"\x00" Rb'\x' rB"\u" bR'\N'
x = b'\u \N \U'
x = rb'a' b"b"
x = '\n\'\"\\\a\b\f\r\t\v\0\01\012\x41\u00e9\U0001F600\N{BULLET}\q'
x = 'line \
continued'
x = """a
"b" ""c"
"""
x = '''
# not a comment
if x
(
'''
x = r'\'' r"\"" r'\\'
x = ''
x = """"quoted" """
x = '''\''''
x = f'' F"" fr'' rf"" Rf'' fR""
x = f'{a}' f"{a!r}" f'{a!s:>10}' f"{a:{b}.{c}}" f'{a:%Y-%m-%d}'
x = f'{{}}' f"{{{a}}}" f'{a}{{b}}'
x = f'{a=}' f"{a = !r}" f'{ a }' f"{a,}" f'{*a, b}'
x = f'{a["b"]}' f"{a['b']}" f'{d[1:2]}' f"{(lambda x: x)(1)}"
x = f'{a:{b:{c}}}'
x = f"{x:=10}" f'{x:=^10}' f"{x!r:=+5}" f'{(x:=10)}'
x = f'{x != y}' f"{x == y}" f'{x >= y}'
x = f"{'a' if b else 'c'}" f'{"}"}' f"{'{'}" f'{":"}'
x = f'''{
    a
}''' f"""{a:
}"""
x = f"{f"{f"{a}"}"}"
x = f'{a['b']}'
x = f'\N{BULLET} {a} \x41 \{a}'
x = fr'\{a}\d{{2}}\N'
x = rf"{a:\d}"
x = f'{yield_}' f"{await_}"
x = f"{a:#x}" f"{a:#}" f'{"#"}'
x = f'''{a # a comment
}'''
x = t'{a}' tr"{b}\d" T'{c!r:>{d}}'
x = '\
'
