/// Which functions are handed out to be called later.

#include "semantic/callback.h"
#include "semantic/python_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> callbacksOf(llvm::StringRef code) {
  std::shared_ptr<const SyntaxTree> tree = parseSource(code);
  SemanticModel model(*tree);
  std::vector<bool> found = findCallbacks(model);
  std::vector<std::string> names;
  for (FunctionId id = 0; id < found.size(); ++id)
    if (found[id])
      names.push_back(model.function(id).name.empty() ? "lambda" : model.function(id).name.str());
  return names;
}

TEST(Callbacks, AreArgumentsAndAttributes) {
  EXPECT_THAT(callbacksOf("def tick(t): pass\n"
                          "def show(client, topic, message): pass\n"
                          "def press(pin): pass\n"
                          "timer.init(period=1000, callback=tick)\n"
                          "client.on_message = show\n"
                          "button.irq(press)\n"
                          "screen.on_touch(lambda p: draw(p))\n"),
              ElementsAre("tick", "show", "press", "lambda"));
}

TEST(Callbacks, AreMethodsToo) {
  EXPECT_THAT(callbacksOf("class Node:\n"
                          "  def __init__(self, client):\n"
                          "    client.set_callback(self.receive)\n"
                          "  def receive(self, topic, message): pass\n"
                          "  def poll(self): pass\n"),
              ElementsAre("receive"));
}

TEST(Callbacks, AreRegisteredByDecoratorsOfObjects) {
  EXPECT_THAT(callbacksOf("from adafruit_httpserver import Server\n"
                          "server = Server(pool)\n"
                          "@server.route('/page')\n"
                          "def page(request): pass\n"
                          "@server.unauthorized\n"
                          "def unknown(request): pass\n"),
              ElementsAre("page", "unknown"));
}

TEST(Callbacks, AreNotWhatIsCalledAtOnce) {
  EXPECT_THAT(callbacksOf("import micropython\n"
                          "def key(x): return x\n"
                          "def run(): pass\n"
                          "@micropython.native\n"
                          "def fast(): pass\n"
                          "class Knob:\n"
                          "  @property\n"
                          "  def value(self): return 1\n"
                          "  @value.setter\n"
                          "  def value(self, v): pass\n"
                          "print(sorted(items, key=key), map(key, items), run())\n"
                          "alias = run\n"),
              IsEmpty());
}

} // namespace
} // namespace fraglint
