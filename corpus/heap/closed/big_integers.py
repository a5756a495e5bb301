# Integers beyond a machine word: factorial, Fibonacci, powers modulo, shifts and masks. (micro:bit)
def factorial(n):
    out = 1
    for i in range(2, n + 1):
        out *= i
    return out


def power(base, exponent, modulus):
    out = 1
    while exponent:
        if exponent & 1:
            out = out * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return out


print(factorial(20))
a, b = 0, 1
for _ in range(60):
    a, b = b, a + b
print(a)
print(power(3, 1000, 1000000007))
key = 0
for byte in b"\xde\xad\xbe\xef\x12\x34":
    key = (key << 8) | byte
print(key, key >> 24, key & 0xFFFF)
