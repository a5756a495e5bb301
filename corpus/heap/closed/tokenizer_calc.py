# A tokenizer and a recursive calculator with precedence and parentheses.
def tokens(text):
    out = []
    i = 0
    while i < len(text):
        c = text[i]
        if c.isdigit():
            j = i
            while j < len(text) and text[j].isdigit():
                j += 1
            out.append(int(text[i:j]))
            i = j
        else:
            if c != " ":
                out.append(c)
            i += 1
    return out


class Parser:
    def __init__(self, items):
        self.items = items
        self.at = 0

    def peek(self):
        return self.items[self.at] if self.at < len(self.items) else None

    def take(self):
        item = self.peek()
        self.at += 1
        return item

    def expression(self):
        value = self.term()
        while self.peek() in ("+", "-"):
            if self.take() == "+":
                value += self.term()
            else:
                value -= self.term()
        return value

    def term(self):
        value = self.factor()
        while self.peek() in ("*", "/"):
            if self.take() == "*":
                value *= self.factor()
            else:
                value //= self.factor()
        return value

    def factor(self):
        item = self.take()
        if item == "(":
            value = self.expression()
            self.take()
            return value
        if item == "-":
            return -self.factor()
        return item


for text in ("1 + 2*3", "(4+6) * (9-2) / 5", "-(3 - 10) * 12 + 7"):
    print(text, "=", Parser(tokens(text)).expression())
