#include "syntax/checks.h"

#include "llvm/ADT/StringSet.h"

namespace fraglint {

namespace {

/// Names seen in one list; most lists are short enough to look at each pair.
class NameSet {
public:
  /// False where `name` was there already.
  bool insert(llvm::StringRef name) {
    if (few_.size() < 16) {
      for (llvm::StringRef other : few_)
        if (other == name)
          return false;
      few_.push_back(name);
      return true;
    }
    if (many_.empty())
      for (llvm::StringRef other : few_)
        many_.insert(other);
    return many_.insert(name).second;
  }

private:
  llvm::SmallVector<llvm::StringRef, 16> few_;
  llvm::StringSet<> many_; ///< used once there are more
};

/// The part of a parameter that is not its type or default.
SyntaxNode bareParameter(SyntaxNode parameter) {
  switch (parameter.kind()) {
  case NodeKind::DefaultParameter:
  case NodeKind::TypedDefaultParameter:
    return parameter.child(Field::Name);
  case NodeKind::TypedParameter:
    return parameter.firstChild();
  default:
    return parameter;
  }
}

class ParameterCheck {
public:
  explicit ParameterCheck(Faults &faults) : faults_(faults) {}

  void check(SyntaxNode list) {
    for (SyntaxNode parameter : list.children())
      checkOne(parameter);
    if (bareStar_)
      faults_.add(bareStar_, "a bare `*` needs a named parameter behind it");
  }

private:
  void checkOne(SyntaxNode parameter) {
    SyntaxNode bare = bareParameter(parameter);
    if (doubleStar_)
      return faults_.add(parameter, "no parameter may follow the one with `**`");
    switch (bare.kind()) {
    case NodeKind::KeywordSeparator:
      if (star_)
        faults_.add(bare, "only one parameter may have a `*`");
      star_ = bareStar_ = bare;
      return;
    case NodeKind::PositionalSeparator:
      return checkSlash(bare);
    case NodeKind::ListSplatPattern:
      if (star_)
        faults_.add(bare, "only one parameter may have a `*`");
      star_ = bare;
      return checkName(bare.firstChild(), parameter);
    case NodeKind::DictionarySplatPattern:
      if (bareStar_)
        faults_.add(std::exchange(bareStar_, {}), "a bare `*` needs a named parameter behind it");
      doubleStar_ = bare;
      return checkName(bare.firstChild(), parameter);
    case NodeKind::Identifier:
      checkDefault(parameter);
      bareStar_ = {};
      return checkName(bare, parameter);
    default:
      return;
    }
  }

  void checkSlash(SyntaxNode slash) {
    if (slash_)
      faults_.add(slash, "only one `/` may stand among the parameters");
    else if (star_)
      faults_.add(slash, "`/` must stand before `*`");
    else if (!slash.previousSibling())
      faults_.add(slash, "`/` needs a parameter before it");
    slash_ = slash;
  }

  void checkDefault(SyntaxNode parameter) {
    bool hasDefault = parameter.kind() == NodeKind::DefaultParameter ||
                      parameter.kind() == NodeKind::TypedDefaultParameter;
    if (hasDefault_ && !hasDefault && !star_)
      faults_.add(parameter, "a parameter without a default cannot follow one with a default");
    hasDefault_ |= hasDefault;
  }

  void checkName(SyntaxNode name, SyntaxNode parameter) {
    if (name.kind() != NodeKind::Identifier) {
      if (name && name.kind() != NodeKind::Error)
        faults_.add(parameter, "a parameter must be a plain name");
      return;
    }
    if (!names_.insert(name.text()))
      faults_.add(name, "there is a parameter `" + name.text() + "` already");
  }

  Faults &faults_;
  NameSet names_;
  SyntaxNode star_;       ///< `*` or `*args`
  SyntaxNode bareStar_;   ///< a `*` that still needs a name
  SyntaxNode doubleStar_; ///< `**kwargs`
  SyntaxNode slash_;
  bool hasDefault_ = false;
};

void checkArguments(SyntaxNode list, Faults &faults) {
  NameSet names;
  SyntaxNode keyword;    // the first `name=value`
  SyntaxNode doubleStar; // the first `**mapping`
  for (SyntaxNode argument : list.children()) {
    switch (argument.kind()) {
    case NodeKind::KeywordArgument: {
      SyntaxNode name = argument.child(Field::Name);
      if (!names.insert(name.text()))
        faults.add(argument, "the argument `" + name.text() + "` is given twice");
      keyword = argument;
      break;
    }
    case NodeKind::DictionarySplat:
      doubleStar = argument;
      break;
    case NodeKind::ListSplat:
      if (doubleStar)
        faults.add(argument, "an argument with `*` cannot follow one with `**`");
      break;
    default:
      if (doubleStar)
        faults.add(argument, "a plain argument cannot follow one with `**`");
      else if (keyword)
        faults.add(argument, "a plain argument cannot follow one with a name");
      break;
    }
  }
}

} // namespace

void checkParameters(SyntaxNode node, Faults &faults) {
  if (node.kind() == NodeKind::ArgumentList)
    checkArguments(node, faults);
  else
    ParameterCheck(faults).check(node);
}

} // namespace fraglint
