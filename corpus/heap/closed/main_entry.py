# A program with main() behind the usual test of __name__. (micro:bit)
BUTTONS = "AABABBA"


def score(presses):
    points = 0
    for i in range(1, len(presses)):
        if presses[i] != presses[i - 1]:
            points += 2
        else:
            points -= 1
    return points


def main():
    best = []
    for start in range(4):
        best.append((score(BUTTONS[start:]), start))
    best.sort()
    print(best[-1], len(best))
    return best


if __name__ == "__main__":
    result = main()
    print("done", result[0])
