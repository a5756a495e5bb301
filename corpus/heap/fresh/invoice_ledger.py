# A corner shop's ledger in cents: stock, discounts, refusals that roll back, and a printed bill.
class ShopError(Exception):
    def __init__(self, article, text):
        super().__init__(article, text)
        self.article = article

    def __str__(self):
        return "%s: %s" % self.args


class OutOfStock(ShopError):
    pass


class UnknownArticle(ShopError):
    pass


class Article:
    def __init__(self, code, title, price, stock, tax=19):
        self.code, self.title, self.price, self.stock, self.tax = code, title, price, stock, tax


class Shop:
    def __init__(self, articles):
        self.articles = {article.code: article for article in articles}
        self.sold = {}
        self.log = []

    def take(self, code, count):
        try:
            article = self.articles[code]
        except KeyError:
            raise UnknownArticle(code, "never heard of it")
        if article.stock < count:
            raise OutOfStock(code, "only %d left, wanted %d" % (article.stock, count))
        article.stock -= count
        return article

    def order(self, customer, *wanted):
        taken = []
        done = False
        try:
            for code, count in wanted:
                taken.append((self.take(code, count), count))
            done = True
        except ShopError as error:
            self.log.append("%s refused (%s)" % (customer, error))
            raise
        finally:
            if not done:
                for article, count in taken:
                    article.stock += count
        for article, count in taken:
            self.sold[article.code] = self.sold.get(article.code, 0) + count
        self.log.append("%s bought %d lines" % (customer, len(taken)))
        return Bill(customer, taken)


def money(cents):
    sign = "-" if cents < 0 else ""
    cents = abs(cents)
    return "%s%d.%02d" % (sign, cents // 100, cents % 100)


class Bill:
    def __init__(self, customer, lines):
        self.customer = customer
        self.lines = lines

    def __len__(self):
        return len(self.lines)

    @property
    def total(self):
        return sum(article.price * count for article, count in self.lines)

    @property
    def discount(self):
        return self.total // 20 if self.total >= 5000 else 0

    def taxes(self):
        by_rate = {}
        for article, count in self.lines:
            gross = article.price * count
            by_rate[article.tax] = by_rate.get(article.tax, 0) + gross - gross * 100 // (100 + article.tax)
        return sorted(by_rate.items())

    def show(self):
        print("Bill for", self.customer)
        for article, count in self.lines:
            print("  {:<16}{:>4} x {:>7}{:>10}".format(article.title[:16], count, money(article.price), money(article.price * count)))
        if self.discount:
            print("  {:<29}{:>10}".format("discount", money(-self.discount)))
        print("  {:<29}{:>10}".format("total", money(self.total - self.discount)))
        print("  incl. tax:", ", ".join("%d%% %s" % (rate, money(tax)) for rate, tax in self.taxes()))


shop = Shop([
    Article("SOL", "Solder 60/40 100 g", 1295, 6),
    Article("RES", "Resistor kit", 849, 3),
    Article("BRD", "Breadboard", 425, 10),
    Article("MAG", "Magazine", 690, 4, tax=7),
])
ORDERS = (
    ("Ada", ("SOL", 2), ("BRD", 4), ("MAG", 1)),
    ("Bert", ("RES", 1), ("BRD", 9)),
    ("Cleo", ("MAG", 2), ("LED", 100)),
    ("Dirk", ("RES", 3), ("BRD", 6), ("MAG", 3)),
)
bills = []
for customer, *wanted in ORDERS:
    try:
        bills.append(shop.order(customer, *wanted))
    except OutOfStock as error:
        print("sorry,", customer, "-", error.article)
    except ShopError as error:
        print("what?", error)
for bill in bills:
    bill.show()
print("\n".join(shop.log))
print({code: shop.articles[code].stock for code in sorted(shop.articles)})
best = sorted(shop.sold, key=lambda code: (-shop.sold[code], code))
print(best, money(sum(bill.total - bill.discount for bill in bills)), sum(map(len, bills)))
