def with_items(path):
    with open(path) as source, lock:
        if source:
            return 1
        copy()
    after()
#   0: open(path) as source; lock; source -> 3 true, 4 false
#   3: return 1 -> exit
#   4: copy(); after() -> exit


def match_cases(command):
    match command.name:
        case "go" | "run":
            go()
        case Point(x=0) if near:
            stop()
        case other:
            ignore(other)
    after()
#   0: command.name -> 3
#   3: "go" | "run" -> 4 true, 5 false
#   4: go() -> 10
#   5: Point(x=0) -> 6 true, 8 false
#   6: if near -> 7 true, 8 false
#   7: stop() -> 10
#   8: other -> 9 true
#   9: ignore(other) -> 10
#   10: after() -> exit


def match_may_fall_through(command):
    match command:
        case 1:
            one()
        case 2:
            two()
    after()
#   0: command -> 3
#   3: 1 -> 4 true, 5 false
#   4: one() -> 8
#   5: 2 -> 6 true, 7 false
#   6: two() -> 8
#   7: -> 8
#   8: after() -> exit
