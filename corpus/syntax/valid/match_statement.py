match x:
    case 1 | -1 | 1.5 | -1 + 2j:
        pass
    case "a" "b" | b"c" | None | True:
        pass
    case [a, *b, _] | (a, *b, _):
        pass
    case a, *_:
        pass
    case {"a": 1, b.c: d, **rest}:
        pass
    case A(1, b=2) | a.B():
        pass
    case [A(x=0) as y, (z)] if z > 1:
        pass
    case a.b.c:
        pass
    case {}:
        pass
    case ():
        pass
    case _: pass
match x, y:
    case *a, b: pass
match (x):
    case (a): pass
match -x:
    case a: pass
match [a, b]:
    case [1, 2]:
        match = case
        case = match
match x:

    # a comment before the first case

    case 1:
        pass
