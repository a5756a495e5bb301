def elif_chain(a):
    if a == 1:
        one()
    elif a == 2:
        two()
    else:
        other()
    after()
#   0: a == 1 -> 3 true, 4 false
#   3: one() -> 7
#   4: a == 2 -> 5 true, 6 false
#   5: two() -> 7
#   6: other() -> 7
#   7: after() -> exit


def elif_without_else(a):
    if a == 1:
        one()
    elif a == 2:
        two()
    after()
#   0: a == 1 -> 3 true, 4 false
#   3: one() -> 6
#   4: a == 2 -> 5 true, 6 false
#   5: two() -> 6
#   6: after() -> exit


def constant_tests():
    if False:
        never()
    else:
        always()
    if not 0:
        always()
    elif later():
        never()
    after()
#   0: False -> 4 false
#   4: always() -> 5
#   5: not 0 -> 6 true
#   6: always() -> 9
#   9: after() -> exit
#   never 3: never() -> 5
#   never 7: later() -> 8 true, 9 false
#   never 8: never() -> 9


def both_arms_return(a):
    if a:
        return 1
    else:
        return 2
    never()
#   0: a -> 3 true, 4 false
#   3: return 1 -> exit
#   4: return 2 -> exit
#   never 5: never() -> exit


def ends_its_path(a):
    if a:
        raise ValueError("a")
    if not a:
        reset()
        never()
    sys.exit()
    never()
#   0: a -> 3 true, 4 false
#   3: raise ValueError("a") -> raised exception
#   4: not a -> 5 true, 7 false
#   5: reset() -> raised exception
#   7: sys.exit() -> raised exception
#   never 6: never() -> 7
#   never 8: never() -> exit


def asserts(a):
    assert a
    assert False, "no"
    never()
#   0: assert a; assert False, "no" -> raised exception
#   never 3: never() -> exit
