# My first toolbox: Morse code, Roman numerals, Caesar's cipher, palindromes, all with plain loops and += on strings.
morse = {
    "A": ".-", "B": "-...", "C": "-.-.", "D": "-..", "E": ".", "F": "..-.", "G": "--.", "H": "....", "I": "..",
    "J": ".---", "K": "-.-", "L": ".-..", "M": "--", "N": "-.", "O": "---", "P": ".--.", "Q": "--.-", "R": ".-.",
    "S": "...", "T": "-", "U": "..-", "V": "...-", "W": ".--", "X": "-..-", "Y": "-.--", "Z": "--..",
}
for digit in range(10):
    if digit <= 5:
        morse[str(digit)] = "." * digit + "-" * (5 - digit)
    else:
        morse[str(digit)] = "-" * (digit - 5) + "." * (10 - digit)
letters = {}
for letter in morse:
    letters[morse[letter]] = letter


def to_morse(text):
    result = ""
    for char in text.upper():
        if char == " ":
            result = result + "/ "
        elif char in morse:
            result = result + morse[char] + " "
        else:
            print("cannot send", char)
    return result[:-1]


def from_morse(signals):
    result = ""
    for signal in signals.split(" "):
        if signal == "/":
            result += " "
        else:
            result += letters[signal]
    return result


def seconds(signals):
    dots = 0
    for s in signals:
        if s == ".":
            dots += 2
        elif s == "-":
            dots += 4
        else:
            dots += 3
    return dots * 60 / 1000


message = to_morse("Meet me at 9, pier 7")
print(message)
print(from_morse(message))
print("takes", seconds(message), "seconds, about", round(seconds(message)), "or", int(seconds(message) * 10) / 10)

values = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1]
numerals = ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"]


def to_roman(number):
    roman = ""
    for i in range(len(values)):
        while number >= values[i]:
            roman += numerals[i]
            number -= values[i]
    return roman


def from_roman(roman):
    total = 0
    last = 0
    for letter in reversed(roman):
        value = values[numerals.index(letter)]
        if value < last:
            total -= value
        else:
            total += value
            last = value
    return total


for year in [1, 4, 9, 14, 40, 90, 400, 1666, 1994, 2024, 3999]:
    roman = to_roman(year)
    if from_roman(roman) != year:
        print("WRONG:", year)
    print(year, roman, end="; ")
print()
longest = ""
for year in range(1900, 2030):
    if len(to_roman(year)) > len(longest):
        longest = to_roman(year)
print(longest, "has", len(longest), "letters and is", from_roman(longest))


def caesar(text, key):
    out = ""
    for c in text:
        if "a" <= c <= "z":
            out += chr((ord(c) - ord("a") + key) % 26 + ord("a"))
        elif "A" <= c <= "Z":
            out += chr((ord(c) - ord("A") + key) % 26 + ord("A"))
        else:
            out += c
    return out


secret = caesar("Attack at dawn, bring Zebras!", 7)
print(secret)
guesses = []
for key in range(26):
    guess = caesar(secret, key)
    if " at " in guess:
        guesses.append(str(key) + ": " + guess)
print(guesses)
for word in ["Level", "rotor", "MicroPython", "Was it a car"]:
    plain = word.lower().replace(" ", "")
    print(word, plain == "".join(reversed(plain)), sorted(plain)[:4])
