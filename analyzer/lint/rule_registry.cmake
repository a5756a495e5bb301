# Writes ${registry}, the definition of fraglint::allRules(), from the list of rule files ${rules}.
list(SORT rules)
list(LENGTH rules count)
set(declarations "")
set(entries "")
foreach(rule IN LISTS rules)
  cmake_path(GET rule STEM name)
  string(APPEND declarations "extern const Rule ${name};\n")
  string(APPEND entries "      &rules::${name},\n")
endforeach()

file(CONFIGURE OUTPUT ${registry} @ONLY CONTENT [[
// Written by CMake from the files in rules/.
#include "lint/rule_registry.h"

#include <array>

namespace fraglint {

namespace rules {
@declarations@} // namespace rules

llvm::ArrayRef<const Rule *> allRules() {
  static constexpr std::array<const Rule *, @count@> all = {
@entries@  };
  return all;
}

} // namespace fraglint
]])
