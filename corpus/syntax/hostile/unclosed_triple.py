x = '''never closed
if x:
    y = 1
