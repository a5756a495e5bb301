#pragma once
/// What texts of `adafruit_display_text` labels cost.

#include "heap/allocation_cost.h"
#include "heap/label_text.h"
#include "heap/target.h"
#include "semantic/semantic_model.h"

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace fraglint {

/// How a label draws.
enum class LabelKind : uint8_t {
  Glyphs, ///< `label.Label`: a TileGrid for each character
  Bitmap, ///< `bitmap_label.Label` and `OutlinedLabel`: one bitmap, as large as the text
  Window, ///< `ScrollingLabel`, `TextBox`: one bitmap of a size that the text does not decide
};

/// The kind of label that a type is; nothing where it is none.
std::optional<LabelKind> labelKindOf(llvm::StringRef typeName);

/// What matters of the way that a label was made.
struct LabelStyle {
  LabelKind kind = LabelKind::Glyphs;
  bool isBuiltinFont = false; ///< `terminalio.FONT`: each glyph 6x12, made for each look at it
  bool hasBackground = false; ///< redrawn with every text of a `label.Label`
  /// The height in pixels that the name of the font's file tells of, `Helvetica-Bold-16.pcf`; of
  /// several files the least. 0 where it tells of none.
  int64_t namedPixels = 0;
};

/// Of a call that makes a label of that kind.
LabelStyle labelStyleOf(const SemanticModel &model, SyntaxNode constructor, LabelKind kind);

/// What one text asks for. Bytes are of whole blocks.
struct LabelCost {
  Interval bytes = Interval::atLeast(0);    ///< all that is taken, objects and garbage
  Interval requests = Interval::atLeast(0); ///< calls of the allocator
  Interval largest = Interval::atLeast(0);  ///< the largest single request, as asked for
  Interval bitmap = Interval::exactly(0); ///< of one bitmap for the whole text, as asked for
  std::string reason;                     ///< why a bound is missing, in words
};

/// Of giving a label another text.
LabelCost costOfText(const LabelStyle &style, const LabelText &text, const Target &target);

/// What the bitmap of the whole text is likely to take, by the height that the font's name tells
/// of and letters half as wide. No bound: only what is worth a look.
int64_t likelyBitmapBytes(const LabelStyle &style, const LabelText &text);

} // namespace fraglint
