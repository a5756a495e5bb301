#include "measure/program_modules.h"

#include "measure/python_literal.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

namespace fraglint {

namespace {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

constexpr uint64_t kMostModuleBytes = 1 << 20;

/// Runs `source` as a module and puts it among those that `import` finds. A module cannot be made
/// by Python of this kind, but any object with the right attributes will do.
std::string installCode(llvm::StringRef name, llvm::StringRef source) {
  // Names of one letter would make that letter known to the interpreter.
  std::string code = "exec('class _M:pass\\n_m=_M()\\n_d={\"__name__\":_n}\\nexec(_c,_d)\\n"
                     "for _k in _d:setattr(_m,_k,_d[_k])\\n_s.modules[_n]=_m\\n";
  if (name.contains('.'))
    code += "_p,_a=_n.rsplit(\".\",1)\\nsetattr(_s.modules[_p],_a,_m)\\n";
  return code + "',{'_n':" + pythonLiteral(name) +
         ",'_s':__import__('sys'),'_c':" + pythonLiteral(source) + "})\n";
}

/// `a.b.c` of `import a.b.c`, and of `from a import b` both `a` and what may be a module, `a.b`.
std::vector<std::string> importedNames(SyntaxNode statement) {
  std::vector<std::string> names;
  std::string package;
  for (SyntaxNode child : statement.children()) {
    SyntaxNode name = child.kind() == NodeKind::AliasedImport ? child.child(Field::Name) : child;
    if (name.kind() != NodeKind::DottedName)
      continue;
    std::string text = name.text().str();
    if (child.field() == Field::ModuleName)
      package = text + ".";
    names.push_back(child.field() == Field::ModuleName ? text : package + text);
  }
  return names;
}

/// Goes down without calling itself: a module waits while what it imports is found.
class ModuleFinder {
public:
  explicit ModuleFinder(llvm::ArrayRef<std::string> folders) : folders_(folders) {}

  llvm::Error findImportsOf(const SyntaxTree &program) {
    waiting_.push_back({{}, importsOf(program), 0});
    while (!waiting_.empty()) {
      Waiting &last = waiting_.back();
      if (last.next == last.imports.size()) {
        if (!last.module.name.empty())
          result.push_back(std::move(last.module));
        waiting_.pop_back();
      } else if (std::string name = last.imports[last.next++]; seen_.insert(name).second) {
        if (llvm::Error error = read(name))
          return error;
      }
    }
    return llvm::Error::success();
  }

  ProgramModules result;

private:
  struct Waiting {
    ProgramModule module; ///< without a name: the program
    std::vector<std::string> imports;
    size_t next; ///< of these
  };

  static std::vector<std::string> importsOf(const SyntaxTree &tree) {
    std::vector<std::string> names;
    for (uint32_t index = 0; index < tree.statementCount(); ++index)
      for (SyntaxNode node = tree.statement(index); node; node = node.next())
        if (node.kind() == NodeKind::ImportStatement ||
            node.kind() == NodeKind::ImportFromStatement)
          for (const std::string &name : importedNames(node)) {
            // Packages come before what is in them.
            for (size_t end = name.find('.'); end != std::string::npos;
                 end = name.find('.', end + 1))
              names.push_back(name.substr(0, end));
            names.push_back(name);
          }
    return names;
  }

  /// Reads the module, if there is one of that name, and lets it wait for its imports.
  llvm::Error read(const std::string &name) {
    std::string file = fileOf(name);
    if (file.empty())
      return llvm::Error::success();
    if (fs::is_directory(file)) {
      result.push_back({name, installCode(name, "")});
      return llvm::Error::success();
    }
    auto source = SourceFile::read(file, kMostModuleBytes);
    if (!source)
      return llvm::createStringError(file + ": " + llvm::toString(source.takeError()));
    auto tree = SyntaxTree::parse(*source);
    if (!tree)
      return llvm::createStringError(file + ": " + llvm::toString(tree.takeError()));
    waiting_.push_back({{name, installCode(name, (*source)->text())}, importsOf(**tree), 0});
    return llvm::Error::success();
  }

  /// Of the module: a file, or a folder of a package that has none of its own. Empty where it is
  /// nowhere.
  std::string fileOf(llvm::StringRef name) const {
    for (const std::string &folder : folders_) {
      llvm::SmallString<128> place(folder);
      llvm::SmallVector<llvm::StringRef> parts;
      name.split(parts, '.');
      for (llvm::StringRef part : parts)
        path::append(place, part);
      for (llvm::StringRef ending : {".py", "/__init__.py", ""})
        if (std::string file = (place + ending).str(); fs::exists(file))
          return file;
    }
    return "";
  }

  llvm::ArrayRef<std::string> folders_;
  llvm::StringSet<> seen_;
  std::vector<Waiting> waiting_; ///< each for one of those before it
};

/// Values exist before they are read, and reading one asks for nothing. They are made by the
/// device's own reader of JSON: texts in code would become names, which later texts that are equal
/// share.
constexpr llvm::StringLiteral kRecorded = R"python(
class EndOfInput(BaseException):pass
class _R:
 def read(_s,_k):
  _i=_s._i[_k]
  if _i>=len(_s._d[_k]):
   print('\x1e','_e')
   raise _s._e
  _s._i[_k]=_i+1
  return _s._d[_k][_i]
_r=_R()
_r._d=_j(_t)[_n]
_r._i={_k:0 for _k in _r._d}
_r._e=EndOfInput()
class _M:pass
_m=_M()
_m.read=_r.read
_m.channels=_r._d
_s.modules['recorded']=_m
)python";

/// llvm::json::parse() goes down by calling itself.
constexpr int kMostInputDepth = 64;

llvm::Expected<llvm::json::Value> parseInput(llvm::StringRef json) {
  int depth = 0, deepest = 0;
  for (char c : json) {
    depth += (c == '[' || c == '{') - (c == ']' || c == '}');
    deepest = std::max(deepest, depth);
  }
  if (deepest > kMostInputDepth)
    return llvm::createStringError("brackets are nested more than 64 deep");
  return llvm::json::parse(json);
}

bool isRecordedRun(const llvm::json::Value &run) {
  const llvm::json::Object *channels = run.getAsObject();
  return channels && llvm::all_of(*channels, [](const auto &channel) {
           return channel.second.getAsArray() != nullptr;
         });
}

} // namespace

llvm::Expected<ProgramModules> findModules(const SyntaxTree &program,
                                           llvm::ArrayRef<std::string> folders) {
  ModuleFinder finder(folders);
  if (llvm::Error error = finder.findImportsOf(program))
    return error;
  return std::move(finder.result);
}

llvm::Expected<ProgramModules> recordedInputs(llvm::StringRef json) {
  llvm::Expected<llvm::json::Value> value = parseInput(json);
  if (!value)
    return value.takeError();
  const llvm::json::Array *runs = value->getAsArray();
  bool isRight = runs && !runs->empty() && llvm::all_of(*runs, isRecordedRun);
  if (!isRight)
    return llvm::createStringError("recorded input is a list of runs, each of them an object of "
                                   "lists, as in [{\"light\": [812, 790]}]");
  ProgramModules inputs;
  for (size_t number = 0; number < runs->size(); ++number)
    inputs.push_back(
        {"recorded", "exec(" + pythonLiteral(kRecorded) +
                         ",{'_s':__import__('sys'),'_j':__import__('json').loads,'_n':" +
                         std::to_string(number) + ",'_t':" + pythonLiteral(json) + "})\n"});
  return inputs;
}

} // namespace fraglint
