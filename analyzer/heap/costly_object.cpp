#include "heap/costly_object.h"

#include "heap/label_cost.h"
#include "heap/object_layout.h"
#include "semantic/call_arguments.h"

#include "llvm/ADT/StringSwitch.h"

#include <algorithm>

namespace fraglint {

namespace {

/// Shapes with shorter sides are drawn in no time and fit into almost any hole.
constexpr int64_t kLeastSide = 32;

/// What a shape draws into.
struct Canvas {
  Interval width;
  Interval height;
  int64_t bits = 1; ///< of a pixel
};

/// The lengths that the coordinates at `first`, `first + 2` and `first + 4` span; unknown where
/// one of them is.
Interval spanOf(const LayoutCall &call, unsigned first) {
  int64_t low = Interval::kNoHi;
  int64_t high = 0;
  for (unsigned position = first; position <= first + 4; position += 2) {
    Interval coordinate = call.integer(position);
    if (!coordinate.isExact())
      return Interval::atLeast(0);
    low = std::min(low, coordinate.lo);
    high = std::max(high, coordinate.lo);
  }
  return Interval::exactly(high - low + 1);
}

/// adafruit_display_shapes 2.10.6: `Rect` has a bitmap of two colours, the others have three.
std::optional<Canvas> canvasOf(const LayoutCall &call, llvm::StringRef type) {
  if (type == "adafruit_display_shapes.rect.Rect")
    return Canvas{call.integer(2, "width"), call.integer(3, "height"), 1};
  if (type == "adafruit_display_shapes.roundrect.RoundRect")
    return Canvas{call.integer(2, "width"), call.integer(3, "height"), 2};
  if (type == "adafruit_display_shapes.circle.Circle") {
    Interval side = call.integer(2, "r") * Interval::exactly(2) + Interval::exactly(1);
    return Canvas{side, side, 2};
  }
  if (type == "adafruit_display_shapes.triangle.Triangle")
    return Canvas{spanOf(call, 0), spanOf(call, 1), 2};
  return std::nullopt;
}

bool hasFill(const CallArguments &arguments) {
  SyntaxNode fill = arguments.get(~0U, "fill");
  return fill && fill.kind() != NodeKind::NoneLiteral;
}

std::optional<CostlyObject> shapeOf(const LayoutCall &call, const Target &target,
                                    llvm::StringRef type) {
  std::optional<Canvas> canvas = canvasOf(call, type);
  if (!canvas || canvas->width.lo < kLeastSide || canvas->height.lo < kLeastSide ||
      !hasFill(call.arguments))
    return std::nullopt;
  Interval rowBits = canvas->width * Interval::exactly(canvas->bits) + Interval::exactly(31);
  CostBuilder cost(target);
  cost.keep(floorDivide(rowBits, Interval::exactly(32)) * Interval::exactly(4) * canvas->height);
  AllocationCost pixels = cost.take();
  return CostlyObject{CostlyKind::Shape, pixels.retained, pixels.contiguous(), {}};
}

/// The object as its class makes it, and its first text.
std::optional<CostlyObject> labelOf(const LayoutCall &call, const Target &target,
                                    llvm::StringRef type) {
  std::optional<LabelKind> kind = labelKindOf(type);
  const LayoutRow *row = kind ? findLayout(type) : nullptr;
  if (row == nullptr)
    return std::nullopt;
  CostBuilder cost(target);
  row->charge(call, cost);
  AllocationCost made = cost.take();
  CostlyObject label{CostlyKind::Label, made.retained, made.contiguous(), made.reason};
  if (SyntaxNode text = call.arguments.get(~0U, "text")) {
    LabelStyle style = labelStyleOf(call.model, call.node, *kind);
    label.bytes = label.bytes + costOfText(style, measureText(call.model, text), target).bytes;
  }
  return label;
}

std::optional<CostlyKind> kindOf(llvm::StringRef callee) {
  return llvm::StringSwitch<std::optional<CostlyKind>>(callee)
      .Case("adafruit_imageload.load", CostlyKind::Picture)
      .Case("adafruit_bitmap_font.bitmap_font.load_font", CostlyKind::Font)
      .Case("audiomp3.MP3Decoder", CostlyKind::Decoder)
      .Case("displayio.Bitmap", CostlyKind::Bitmap)
      .Default(std::nullopt);
}

} // namespace

std::optional<CostlyObject> costlyObjectOf(const AllocationSite &site, const SemanticModel &model,
                                           const Target &target) {
  if (site.node.kind() != NodeKind::Call)
    return std::nullopt;
  LayoutCall call{model, site.node, CallArguments(site.node)};
  llvm::StringRef type = model.typeOf(site.node).name;
  if (std::optional<CostlyObject> label = labelOf(call, target, type))
    return label;
  if (std::optional<CostlyObject> shape = shapeOf(call, target, type))
    return shape;
  std::optional<CostlyKind> kind = kindOf(model.calleeName(site.node));
  ByteFigure run = site.cost.contiguous();
  if (!kind || (run.bytes.lo < target.largeBytes() && !site.presumedLarge))
    return std::nullopt;
  return CostlyObject{*kind, site.cost.taken().bytes, run, site.cost.reason};
}

} // namespace fraglint
