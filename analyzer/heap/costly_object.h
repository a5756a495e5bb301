#pragma once
/// Objects of libraries that are cheap to change and dear to make: labels, pictures, fonts,
/// decoders, bitmaps, shapes.

#include "heap/facts.h"
#include "heap/target.h"
#include "semantic/semantic_model.h"

#include <optional>
#include <string>

namespace fraglint {

enum class CostlyKind : uint8_t {
  Label,   ///< of `adafruit_display_text`
  Picture, ///< loaded into RAM by `adafruit_imageload`
  Font,    ///< read from a file
  Decoder, ///< `MP3Decoder`
  Bitmap,  ///< a large one
  Shape,   ///< of `adafruit_display_shapes`, with a fill, of 32 by 32 pixels or more
};

struct CostlyObject {
  CostlyKind kind = CostlyKind::Label;
  Interval bytes = Interval::atLeast(0); ///< taken each time, in whole blocks; its text with it
  ByteFigure run;                        ///< the largest request
  std::string reason;                    ///< why a bound is missing, in words
};

/// What `site` makes, if it is such an object.
std::optional<CostlyObject> costlyObjectOf(const AllocationSite &site, const SemanticModel &model,
                                           const Target &target);

} // namespace fraglint
