#include "page/markup.h"

#include "report/printable_text.h"

#include <cmath>

namespace fraglint {

std::string escaped(llvm::StringRef text) {
  std::string safe;
  for (char one : printable(text))
    switch (one) {
    case '&':
      safe += "&amp;";
      break;
    case '<':
      safe += "&lt;";
      break;
    case '>':
      safe += "&gt;";
      break;
    case '"':
      safe += "&quot;";
      break;
    case '\'':
      safe += "&#39;";
      break;
    default:
      safe += one;
    }
  return safe;
}

std::string proseMarkup(llvm::StringRef words) {
  std::string markup;
  while (!words.empty()) {
    auto [before, rest] = words.split('`');
    size_t end = rest.find('`');
    markup += escaped(before);
    if (end == llvm::StringRef::npos) {
      if (before.size() < words.size())
        markup += "`" + escaped(rest);
      break;
    }
    markup += "<code>" + escaped(rest.take_front(end)) + "</code>";
    words = rest.drop_front(end + 1);
  }
  return markup;
}

std::string numberMarkup(int64_t number) {
  return "<data value=\"" + std::to_string(number) + "\">" + withThousands(number) + "</data>";
}

std::string figureMarkup(const ByteFigure &figure) {
  std::string amount;
  switch (figure.tag) {
  case CostTag::Exact:
    amount = numberMarkup(figure.bytes.lo) + " B";
    break;
  case CostTag::Bounded:
    amount = numberMarkup(figure.bytes.lo) + "–" + numberMarkup(figure.bytes.hi) + " B";
    break;
  case CostTag::AtLeast:
    amount = numberMarkup(figure.bytes.lo) + " B or more";
    break;
  case CostTag::Unknown:
    amount = "?";
    break;
  }
  llvm::StringRef tag = tagName(figure.tag);
  return "<span class=\"figure\">" + amount + " <span class=\"tag " + tag.str() + "\">" +
         tag.str() + "</span></span>";
}

std::string shortFigureMarkup(const ByteFigure &figure) {
  std::string tag = tagName(figure.tag).str();
  auto sign = [&](llvm::StringRef text) {
    return "<abbr title=\"" + tag + "\">" + text.str() + "</abbr>";
  };
  switch (figure.tag) {
  case CostTag::Exact:
    return sign("=") + " " + numberMarkup(figure.bytes.lo);
  case CostTag::Bounded:
    return numberMarkup(figure.bytes.lo) + sign("–") + numberMarkup(figure.bytes.hi);
  case CostTag::AtLeast:
    return sign("≥") + " " + numberMarkup(figure.bytes.lo);
  case CostTag::Unknown:
    break;
  }
  return sign("?");
}

std::string lengthMarkup(double length) {
  auto tenths = static_cast<int64_t>(std::llround(length * 10));
  std::string text = tenths < 0 ? "-" : "";
  tenths = std::abs(tenths);
  text += std::to_string(tenths / 10);
  if (tenths % 10 != 0)
    text += "." + std::to_string(tenths % 10);
  return text;
}

std::string sizeLabel(int64_t bytes) {
  constexpr int64_t kUnit = 1024;
  if (bytes < kUnit)
    return std::to_string(bytes) + " B";
  if (bytes < kUnit * kUnit)
    return withThousands(bytes / kUnit) + " KiB";
  return withThousands(bytes / (kUnit * kUnit)) + " MiB";
}

} // namespace fraglint
