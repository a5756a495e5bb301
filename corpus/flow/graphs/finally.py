def plain():
    try:
        risky()
    finally:
        clean_up()
    after()
#   0: -> 3
#   3: risky() -> 5, 4 exception
#   4: clean_up() -> raised exception
#   5: clean_up(); after() -> exit


def each_way(a):
    while True:
        try:
            if a == 1:
                return
            if a == 2:
                break
            if a == 3:
                continue
            risky()
        except OSError:
            handle()
        finally:
            clean_up()
        bottom()
    after()
#   0: -> 4
#   3: after() -> exit
#   4 in loop 0: True -> 6 true
#   5 in loop 0: -> 4 back
#   6 in loop 0: -> 8
#   7 in loop 0: -> 18 exception, 19 exception
#   8 in loop 0: a == 1 -> 9 true, 11 false, 7 exception
#   9 in loop 0: return -> 10, 7 exception
#   10 in loop 0: clean_up() -> exit
#   11 in loop 0: a == 2 -> 12 true, 14 false, 7 exception
#   12 in loop 0: break -> 13 break
#   13 in loop 0: clean_up() -> 3 break
#   14 in loop 0: a == 3 -> 15 true, 17 false, 7 exception
#   15 in loop 0: continue -> 16
#   16 in loop 0: clean_up() -> 5
#   17 in loop 0: risky() -> 20, 7 exception
#   18 in loop 0: OSError; handle() -> 20, 19 exception
#   19 in loop 0: clean_up() -> raised exception
#   20 in loop 0: clean_up(); bottom() -> 5
#   loop 0: header 4, body 6, latch 5, after 3


def return_passes_both():
    try:
        try:
            return risky()
        finally:
            inner()
    finally:
        outer()
    never()
#   0: -> 3
#   3: -> 4
#   4: return risky() -> 8, 6 exception
#   5: outer() -> raised exception
#   6: inner() -> 5 exception
#   7: outer() -> exit
#   8: inner() -> 7, 5 exception
#   never 9: inner() -> 5 exception
#   never 10: outer() -> raised exception
#   never 11: never() -> exit


def swallows():
    try:
        risky()
    finally:
        return
#   0: -> 3
#   3: risky() -> 5, 4 exception
#   4: return -> exit
#   5: return -> exit
