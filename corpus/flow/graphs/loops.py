def forever():
    before()
    while True:
        step()
    never()
#   0: before() -> 4
#   4 in loop 0: True -> 6 true
#   5 in loop 0: -> 4 back
#   6 in loop 0: step() -> 5
#   never 3: never() -> exit
#   loop 0: header 4, body 6, latch 5, after 3


def while_else(a):
    while a:
        if b:
            break
        if c:
            continue
        step()
    else:
        ran_out()
    after()
#   0: -> 4
#   3: after() -> exit
#   4 in loop 0: a -> 6 true, 11 false
#   5 in loop 0: -> 4 back
#   6 in loop 0: b -> 7 true, 8 false
#   7 in loop 0: break -> 3 break
#   8 in loop 0: c -> 9 true, 10 false
#   9 in loop 0: continue -> 5
#   10 in loop 0: step() -> 5
#   11: ran_out() -> 3
#   loop 0: header 4, body 6, latch 5, after 11


def for_else(items):
    for item in items:
        if item:
            break
    else:
        none_found()
    after()
#   0: items -> 4, 9 zero-trip
#   3: after() -> exit
#   4 in loop 0: item -> 6
#   5 in loop 0: -> 4 back, 9
#   6 in loop 0: item -> 7 true, 8 false
#   7 in loop 0: break -> 3 break
#   8 in loop 0: -> 5
#   9: none_found() -> 3
#   loop 0: header 4, body 6, latch 5, after 9


def nested(rows):
    for row in rows:
        for cell in row:
            if cell:
                break
            step()
        show()
#   0: rows -> 4, 3 zero-trip
#   3: -> exit
#   4 in loop 0: row -> 6
#   5 in loop 0: -> 4 back, 3
#   6 in loop 0: row -> 8, 7 zero-trip
#   7 in loop 0: show() -> 5
#   8 in loop 1: cell -> 10
#   9 in loop 1: -> 8 back, 7
#   10 in loop 1: cell -> 11 true, 12 false
#   11 in loop 1: break -> 7 break
#   12 in loop 1: step() -> 9
#   loop 0: header 4, body 6, latch 5, after 3
#   loop 1: header 8, body 10, latch 9, after 7


def never_entered():
    while False:
        never()
    after()
#   0: -> 4
#   3: after() -> exit
#   4 in loop 0: False -> 3 false
#   never 6 in loop 0: never() -> 5
#   loop 0: header 4, body 6, latch 5, after 3


async def asynchronous(stream):
    async for message in stream:
        await handle(message)
#   0: stream -> 4, 3 zero-trip
#   3: -> exit
#   4 in loop 0: message -> 6
#   5 in loop 0: -> 4 back, 3
#   6 in loop 0: await handle(message) -> 5
#   loop 0: header 4, body 6, latch 5, after 3


def leaves_by_break_only():
    while 1:
        if done():
            break
    after()
#   0: -> 4
#   3: after() -> exit
#   4 in loop 0: 1 -> 6 true
#   5 in loop 0: -> 4 back
#   6 in loop 0: done() -> 7 true, 8 false
#   7 in loop 0: break -> 3 break
#   8 in loop 0: -> 5
#   loop 0: header 4, body 6, latch 5, after 3
