x = 1
def f():
    pass

    
if x:
    y = 1
        z = 1
w = 1
