#pragma once
/// Text and figures as HTML and SVG. What programs and files are called and contain is hostile: all
/// of it goes through escaped().

#include "heap/allocation_cost.h"

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>

namespace fraglint {

/// Text for elements and for attributes between double quotes. What is not printable is spelled
/// out.
std::string escaped(llvm::StringRef text);

/// Words for people, escaped, with what stands between backquotes as code.
std::string proseMarkup(llvm::StringRef words);

/// `<data value="4112">4,112</data>`.
std::string numberMarkup(int64_t number);

/// A figure with its tag: `4,112 B exact`, `96–320 B bounded`, `512 B or more at-least`,
/// `? unknown`.
std::string figureMarkup(const ByteFigure &figure);
/// The same in a narrow column: `= 4,112`, `96–320`, `≥ 512`, `?`. The sign is the tag.
std::string shortFigureMarkup(const ByteFigure &figure);

/// A length in a drawing, with one digit behind the point at most.
std::string lengthMarkup(double length);

/// `16 B`, `4 KiB`, `2 MiB`; of bytes that are a whole number of them.
std::string sizeLabel(int64_t bytes);

} // namespace fraglint
