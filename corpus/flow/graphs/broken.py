def broken(a):
    first()
    x = = 3
    if a:
        last()
#   0: first(); x = = 3; a -> 3 true, 4 false
#   3: last() -> 4
#   4: -> exit
