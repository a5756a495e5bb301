#include "calibrate/questions.h"

#include "calibrate/trait_probe.h"
#include "heap/target.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace fraglint {

namespace {

constexpr llvm::StringLiteral kHeapInfo = "__import__('micropython').mem_info()\n";

/// Binds names in `__main__` until its table moves: it was full before. Names nothing there itself.
std::string mainSlotsCode() {
  std::string names;
  for (unsigned i = 0; i < 24; ++i)
    names += "\"q" + std::to_string(i) + "\",";
  return "exec('def f(A,g):\\n"
         " for n in (" +
         names +
         "):\\n"
         "  a=A()\\n"
         "  g[n]=0\\n"
         "  if A()!=a:\\n"
         "   print(len(g)-1)\\n"
         "   return\\n"
         "f(A,g)\\n',{'A':__import__('gc').mem_alloc,'g':globals()})\n";
}

/// Within a function whose frame lies on no C stack: it has too many variables.
std::string frameCode() {
  std::string chain;
  for (unsigned i = 0; i < 24; ++i)
    chain += "v" + std::to_string(i) + "=";
  return "def g(A):\n " + chain +
         "0\n return A()\n"
         "def f(A):\n a=A()\n print(g(A)-a)\n"
         "f(__import__('gc').mem_alloc)\n";
}

} // namespace

const std::vector<Question> &calibrationQuestions() {
  static const std::vector<Question> kQuestions = {
      {"free", "__import__('gc').collect()\nprint(__import__('gc').mem_free())\n"},
      {"main-names", "print(len(globals()))\n"},
      {"main-slots", mainSlotsCode()},
      {"implementation", "print(__import__('sys').implementation[0])\n"},
      {"version", "print(*__import__('sys').implementation[1])\n"},
      {"platform", "print(__import__('sys').platform)\n"},
      {"machine", "print(getattr(__import__('sys').implementation,'_machine',''))\n"},
      {"block-bytes", takenProgram("", "x = bytearray(1)")},
      {"float-bytes", takenProgram("y = 1.5", "x = y * y")},
      {"doubles", "print(1.0 + 1e-10 != 1.0)\n"},
      {"big-ints", "x=1\ntry:\n print((x << 70) > 0)\nexcept OverflowError:\n print(False)\n"},
      // A name's hash is cut to the bytes that are kept of it, and so is that of any other text.
      {"largest-hash",
       "print(max(hash(x) for x in ('alpha', 'beta', 'gamma delta', 'eta theta iota',"
       " 'kappa')))\n"},
      {"frame-bytes", frameCode()},
      // Of several, since an address may be left on the stack of one.
      {"collected-bytes", "def f(A,c):\n for i in range(8):\n  bytearray(50)\n a=A()\n c()\n"
                          " print(a-A())\n"
                          "f(__import__('gc').mem_alloc,__import__('gc').collect)\n"},
      {"threshold", "x=__import__('gc')\n"
                    "print(x.threshold() if hasattr(x,'threshold') else 'none')\n"},
      {"eight-bytes-end", "try:\n x=__import__('struct')\n"
                          "except ImportError:\n x=__import__('ustruct')\n"
                          "print(x.calcsize('@bq'))\n"},
      {"heap-info", kHeapInfo.str()},
  };
  return kQuestions;
}

std::string growthCode(int64_t poolBytes) {
  return "try:\n x=bytearray(" + std::to_string(poolBytes) +
         ")\nexcept MemoryError:\n pass\nx=None\n" + kHeapInfo.str();
}

std::string fileModulesCode() {
  std::vector<std::string> names;
  for (const Target &target : allTargets())
    for (llvm::StringRef module : target.profile->traits.fileModules)
      if (std::string quoted = ("'" + module + "'").str(); !llvm::is_contained(names, quoted))
        names.push_back(quoted);
  return "for x in (" + llvm::join(names, ",") +
         ",):\n try:\n  if hasattr(__import__(x),'__file__'):\n   print(x)\n"
         " except Exception:\n  pass\n";
}

} // namespace fraglint
