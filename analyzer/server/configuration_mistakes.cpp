#include "server/configuration_mistakes.h"

#include "lint/file_path.h"
#include "server/protocol.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Regex.h"

namespace fraglint {

namespace json = llvm::json;

void addMistakes(llvm::StringRef problem, MistakesByFile &mistakes) {
  if (problem.empty())
    return;
  const llvm::Regex placed("^(.+):([0-9]+):([0-9]+): (.*)$");
  for (llvm::StringRef line : llvm::split(problem, '\n')) {
    llvm::SmallVector<llvm::StringRef, 5> parts;
    Position place;
    if (!placed.match(line, &parts) || parts[2].getAsInteger(10, place.line) ||
        parts[3].getAsInteger(10, place.column) || place.line == 0 || place.column == 0)
      continue;
    --place.line;
    --place.column;
    json::Object diagnostic{{"range", LspRange{place, place}}, // editors widen it to the word there
                            {"severity", 1},
                            {"source", "fraglint"},
                            {"message", parts[4]}};
    json::Array &ofFile = mistakes[absolutePath(parts[1])];
    if (json::Value value(std::move(diagnostic)); !llvm::is_contained(ofFile, value))
      ofFile.push_back(std::move(value));
  }
}

} // namespace fraglint
