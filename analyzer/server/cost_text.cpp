#include "server/cost_text.h"

#include "lint/rule_help.h"
#include "lint/rule_registry.h"
#include "syntax/comment_cover.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace fraglint {

namespace json = llvm::json;

namespace {

/// A figure as short as a hint must be: `4,112 B`, `16–2,048 B`, `≥ 512 B`; empty where nothing is
/// known.
std::string shortText(const ByteFigure &figure) {
  switch (figure.tag) {
  case CostTag::Exact:
    return withThousands(figure.bytes.lo) + " B";
  case CostTag::Bounded:
    return withThousands(figure.bytes.lo) + "–" + withThousands(figure.bytes.hi) + " B";
  case CostTag::AtLeast:
    return "≥ " + withThousands(figure.bytes.lo) + " B";
  case CostTag::Unknown:
    return "";
  }
  llvm_unreachable("all tags are listed");
}

std::optional<HoverText> ruleHelpAt(const SyntaxTree &tree, uint32_t offset) {
  for (const Comment &comment : tree.comments()) {
    if (!comment.range.contains(offset))
      continue;
    for (const Directive &directive : directivesIn(comment, tree.file()))
      for (size_t index = 0; index < directive.arguments.size(); ++index)
        if (const Rule *rule = findRule(directive.arguments[index]);
            rule && directive.argumentRanges[index].contains(offset)) {
          HoverText text{directive.argumentRanges[index], ""};
          llvm::raw_string_ostream os(text.markdown);
          writeRuleHelp(os, *rule);
          return text;
        }
  }
  return std::nullopt;
}

/// The innermost expression around `offset`, else the first that begins in its line.
const ExpressionCost *costAt(const FileResult &result, uint32_t offset) {
  const ExpressionCost *found = nullptr;
  for (const ExpressionCost &one : result.costs)
    if (one.range.contains(offset) && (!found || found->range.contains(one.range)))
      found = &one;
  if (found)
    return found;
  const LineIndex &lines = result.file->lines();
  TextRange line = lines.lineRange(lines.lineAt(offset));
  for (const ExpressionCost &one : result.costs)
    if (line.contains(one.range.begin) && (!found || one.range.begin < found->range.begin))
      found = &one;
  return found;
}

std::string costMarkdown(const ExpressionCost &one) {
  std::string text;
  llvm::raw_string_ostream os(text);
  ByteFigure taken = one.cost.taken();
  os << one.what << " takes " << taken.text() << " of the heap (" << tagName(taken.tag) << ")\n\n";
  for (const Request &request : one.cost.requests)
    os << "- asks for " << ByteFigure::of(request.bytes).text()
       << (request.hard ? "" : ", and does without where there is no room") << "\n";
  os << "\nIn one run: " << one.cost.contiguous().text()
     << ". Kept: " << ByteFigure::of(one.cost.retained).text()
     << ". Left as garbage: " << ByteFigure::of(one.cost.garbage).text() << ".\n";
  if (!one.cost.reason.empty())
    os << "\nNo closer figure: " << one.cost.reason << ".\n";
  return text;
}

} // namespace

std::optional<HoverText> hoverAt(const FileResult &result, const SyntaxTree &tree,
                                 uint32_t offset) {
  if (auto help = ruleHelpAt(tree, offset))
    return help;
  if (const ExpressionCost *cost = costAt(result, offset))
    return HoverText{cost->range, costMarkdown(*cost)};
  return std::nullopt;
}

json::Array costHints(const FileResult &result, TextRange range, const PositionCodec &codec) {
  json::Array hints;
  for (const ExpressionCost &one : result.costs) {
    std::string label = shortText(one.cost.taken());
    if (label.empty() || !range.contains(one.range.begin))
      continue;
    LspRange place = codec.range(*result.file, {one.range.end, one.range.end});
    json::Value position = *json::Value(place).getAsObject()->get("start");
    hints.push_back(json::Object{{"position", std::move(position)},
                                 {"label", label},
                                 {"paddingLeft", true},
                                 {"tooltip", one.cost.taken().text() + " of the heap"}});
  }
  return hints;
}

} // namespace fraglint
