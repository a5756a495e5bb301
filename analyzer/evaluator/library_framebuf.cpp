// The module framebuf: extmod/modframebuf.c. What is drawn lies in a buffer of the program's, which
// reads it, so it is drawn here, too.

#include "evaluator/library.h"

#include "llvm/ADT/StringSwitch.h"

namespace fraglint {

namespace {

// A FrameBuffer keeps what it was made with among its attributes, under names that no program has.
constexpr llvm::StringLiteral kBuffer = "<buffer>", kWidth = "<width>", kHeight = "<height>",
                              kFormat = "<format>", kStride = "<stride>";

/// The firmware's numbers.
enum Format : int64_t { MonoVlsb, Rgb565, Gs4Hmsb, MonoHlsb, MonoHmsb, Gs2Hmsb, Gs8 };

/// How many bits a pixel has.
int64_t depthOf(int64_t format) {
  switch (format) {
  case Rgb565:
    return 16;
  case Gs8:
    return 8;
  case Gs4Hmsb:
    return 4;
  case Gs2Hmsb:
    return 2;
  default:
    return 1;
  }
}

/// How many pixels of a row share a byte; rows begin with a byte of their own.
int64_t pixelsTogether(int64_t format) {
  return format == MonoVlsb ? 1 : std::max<int64_t>(1, 8 / depthOf(format));
}

/// What is drawn on, where all of it is known.
class Surface {
public:
  Surface(std::string bytes, int64_t width, int64_t height, int64_t stride, int64_t format)
      : bytes_(std::move(bytes)), width_(width), height_(height), stride_(stride), format_(format),
        depth_(depthOf(format)) {}

  const std::string &bytes() const { return bytes_; }
  int64_t width() const { return width_; }
  int64_t height() const { return height_; }
  bool holds(int64_t x, int64_t y) const { return 0 <= x && x < width_ && 0 <= y && y < height_; }

  int64_t get(int64_t x, int64_t y) const {
    Place at = placeOf(x, y);
    int64_t word = byteAt(at.index);
    if (depth_ == 16)
      word |= byteAt(at.index + 1) << 8;
    return word >> at.shift & mask();
  }

  /// Nothing where the surface does not hold that pixel.
  void set(int64_t x, int64_t y, int64_t colour) {
    if (!holds(x, y))
      return;
    Place at = placeOf(x, y);
    if (depth_ == 16) {
      store(at.index, colour);
      store(at.index + 1, colour >> 8);
      return;
    }
    store(at.index, (byteAt(at.index) & ~(mask() << at.shift)) | bitsOf(colour) << at.shift);
  }

  void fill(int64_t x, int64_t y, int64_t width, int64_t height, int64_t colour) {
    int64_t endX = std::min(width_, x + width), endY = std::min(height_, y + height);
    for (int64_t row = std::max<int64_t>(y, 0); row < endY; ++row)
      for (int64_t column = std::max<int64_t>(x, 0); column < endX;)
        column += fillByte(column, row, endX, colour);
  }

private:
  struct Place {
    size_t index; ///< of the byte
    int64_t shift; ///< of the pixel's bits in it
  };

  Place placeOf(int64_t x, int64_t y) const {
    if (format_ == MonoVlsb)
      return {static_cast<size_t>(y / 8 * stride_ + x), y % 8};
    int64_t bit = (x + y * stride_) * depth_;
    int64_t inByte = bit % 8;
    bool isFirstHigh = format_ == MonoHlsb || format_ == Gs4Hmsb;
    return {static_cast<size_t>(bit / 8), isFirstHigh ? 8 - depth_ - inByte : inByte};
  }

  /// Fills the pixels of one byte in a row, or one of them where not all are to be filled; gives
  /// how many.
  int64_t fillByte(int64_t x, int64_t y, int64_t endX, int64_t colour) {
    int64_t together = pixelsTogether(format_);
    if (together == 1 || x % together != 0 || x + together > endX) {
      set(x, y, colour);
      return 1;
    }
    store(placeOf(x, y).index, bitsOf(colour) * (0xff / mask()));
    return together;
  }

  /// A byte of the buffer; 0 behind its end, which only a buffer that was cut later has.
  int64_t byteAt(size_t index) const {
    return index < bytes_.size() ? static_cast<uint8_t>(bytes_[index]) : 0;
  }
  void store(size_t index, int64_t byte) {
    if (index < bytes_.size())
      bytes_[index] = static_cast<char>(byte);
  }

  int64_t mask() const { return (int64_t{1} << depth_) - 1; }
  int64_t bitsOf(int64_t colour) const {
    return depth_ == 1 ? int64_t{colour != 0} : colour & mask();
  }

  std::string bytes_;
  int64_t width_, height_, stride_, format_, depth_;
};

std::optional<Value> partOf(const Machine &m, Value frame, llvm::StringRef name) {
  if (const auto *object = m.heap().get<OpaqueObject>(frame))
    for (const auto &[key, value] : object->attributes)
      if (key == name)
        return value;
  return std::nullopt;
}

std::optional<int64_t> numberOf(const Machine &m, Value frame, llvm::StringRef name) {
  std::optional<Value> value = partOf(m, frame, name);
  return value ? m.intOf(*value) : std::nullopt;
}

std::optional<Surface> surfaceOf(const Machine &m, Value frame) {
  std::optional<Value> buffer = partOf(m, frame, kBuffer);
  std::optional<BufferView> view = buffer ? bufferOf(m, *buffer) : std::nullopt;
  auto width = numberOf(m, frame, kWidth), height = numberOf(m, frame, kHeight);
  auto stride = numberOf(m, frame, kStride), format = numberOf(m, frame, kFormat);
  if (!view || !view->bytes || !width || !height || !stride || !format || *stride < *width)
    return std::nullopt;
  return Surface(std::move(*view->bytes), *width, *height, *stride, *format);
}

/// How many bytes a buffer has to have, by the firmware's check.
int64_t bytesNeeded(int64_t width, int64_t height, int64_t stride, int64_t format) {
  int64_t together = pixelsTogether(format);
  int64_t rowsBefore = format == MonoVlsb ? (height + 7) / 8 * 8 - 8 : height - 1;
  return (rowsBefore * stride + (width + together - 1) / together * together) * depthOf(format) / 8;
}

/// Three pointers, then three numbers of two bytes and one of one.
void chargeFrameBuffer(LibraryCall &call) {
  Machine &m = call.machine();
  auto keepPart = [&](llvm::StringRef name, Value value) {
    if (!value.isUnbound())
      call.made()->attributes.emplace_back(name.str(), value);
  };
  Value buffer = call.call().argument(0);
  keepPart(kBuffer, buffer);
  keepPart(kWidth, call.call().argument(1));
  keepPart(kHeight, call.call().argument(2));
  keepPart(kFormat, call.call().argument(3));
  call.keep(Interval::exactly(m.words(3) + 8));
  Interval stride = call.integer(call.has(4) ? 4 : 1), format = call.integer(3);
  if (!stride.isExact() || !format.isExact())
    return;
  int64_t together = pixelsTogether(format.lo);
  stride = Interval::exactly((stride.lo + together - 1) / together * together);
  keepPart(kStride, Value::integer(stride.lo));
  Interval width = call.integer(1), height = call.integer(2);
  std::optional<BufferView> view = bufferOf(m, buffer);
  if (view && width.isExact() && height.isExact() &&
      view->length.hi < bytesNeeded(width.lo, height.lo, stride.lo, format.lo))
    m.raise("ValueError", "");
}

/// What is in the buffer is not known any more; a driver's own buffer is not followed.
void forgetDrawn(Machine &m, Value frame) {
  if (std::optional<Value> buffer = partOf(m, frame, kBuffer))
    forgetContent(m, *buffer);
  if (const auto *several = m.heap().get<AbstractObject>(frame)) {
    llvm::SmallVector<Value, 2> frames(several->alternatives);
    for (Value one : frames)
      forgetDrawn(m, one);
  }
}

/// Text, whose letters are not drawn here, and what else is not.
void chargeUndrawn(LibraryCall &call) { forgetDrawn(call.machine(), call.self()); }

/// A drawing of known numbers on a known surface; `Draw` is given as many as the call has.
template <void (*Draw)(Surface &, llvm::ArrayRef<int64_t>), size_t Needed>
void chargeDrawing(LibraryCall &call) {
  Machine &m = call.machine();
  llvm::SmallVector<int64_t, 6> numbers;
  for (Value argument : call.call().arguments.drop_front()) {
    std::optional<int64_t> number = m.intOf(argument);
    // Where sums of them would not fit the firmware's ints, nothing is claimed.
    if (!number || std::abs(*number) > UINT16_MAX)
      break;
    numbers.push_back(*number);
  }
  std::optional<Surface> surface = surfaceOf(m, call.self());
  if (!surface || numbers.size() + 1 < call.call().arguments.size() || numbers.size() < Needed)
    return forgetDrawn(m, call.self());
  Draw(*surface, numbers);
  writeBuffer(m, *partOf(m, call.self(), kBuffer), 0, llvm::StringRef(surface->bytes()));
}

void drawFill(Surface &on, llvm::ArrayRef<int64_t> numbers) {
  on.fill(0, 0, on.width(), on.height(), numbers[0]);
}
void drawFilledRectangle(Surface &on, llvm::ArrayRef<int64_t> numbers) {
  on.fill(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
}
void drawRectangle(Surface &on, llvm::ArrayRef<int64_t> numbers) {
  int64_t x = numbers[0], y = numbers[1], width = numbers[2], height = numbers[3];
  int64_t colour = numbers[4];
  if (numbers.size() > 5 && numbers[5] != 0)
    return on.fill(x, y, width, height, colour);
  on.fill(x, y, width, 1, colour);
  on.fill(x, y + height - 1, width, 1, colour);
  on.fill(x, y, 1, height, colour);
  on.fill(x + width - 1, y, 1, height, colour);
}
void drawRow(Surface &on, llvm::ArrayRef<int64_t> numbers) {
  on.fill(numbers[0], numbers[1], numbers[2], 1, numbers[3]);
}
void drawColumn(Surface &on, llvm::ArrayRef<int64_t> numbers) {
  on.fill(numbers[0], numbers[1], 1, numbers[2], numbers[3]);
}

/// Bresenham's line, as the firmware steps along it.
void drawLine(Surface &on, llvm::ArrayRef<int64_t> numbers) {
  int64_t x = numbers[0], y = numbers[1], endX = numbers[2], endY = numbers[3];
  int64_t colour = numbers[4];
  int64_t longer = std::abs(endX - x), shorter = std::abs(endY - y);
  int64_t stepX = endX > x ? 1 : -1, stepY = endY > y ? 1 : -1;
  bool isSteep = shorter > longer;
  if (isSteep) {
    std::swap(x, y);
    std::swap(longer, shorter);
    std::swap(stepX, stepY);
  }
  int64_t error = 2 * shorter - longer;
  for (int64_t i = 0; i < longer; ++i) {
    on.set(isSteep ? y : x, isSteep ? x : y, colour);
    for (; error >= 0; error -= 2 * longer)
      y += stepY;
    x += stepX;
    error += 2 * shorter;
  }
  on.set(endX, endY, colour);
}

/// What is moved in from outside is what was there.
void drawScrolled(Surface &on, llvm::ArrayRef<int64_t> numbers) {
  Surface before = on;
  for (int64_t y = 0; y < on.height(); ++y)
    for (int64_t x = 0; x < on.width(); ++x)
      if (before.holds(x - numbers[0], y - numbers[1]))
        on.set(x, y, before.get(x - numbers[0], y - numbers[1]));
}

void drawPixel(Surface &on, llvm::ArrayRef<int64_t> numbers) {
  on.set(numbers[0], numbers[1], numbers[2]);
}

/// With a colour it is set; without, it is given, and `None` where it lies outside.
void chargePixel(LibraryCall &call) {
  if (call.has(3))
    return chargeDrawing<drawPixel, 3>(call);
  Machine &m = call.machine();
  Interval x = call.integer(1), y = call.integer(2);
  if (std::optional<Surface> on = surfaceOf(m, call.self()); on && x.isExact() && y.isExact())
    return call.setResult(on->holds(x.lo, y.lo) ? Value::integer(on->get(x.lo, y.lo))
                                                : Value::none());
  std::optional<int64_t> format = numberOf(m, call.self(), kFormat);
  int64_t depth = format ? depthOf(*format) : depthOf(Rgb565);
  Value colour = m.abstractInt({0, (int64_t{1} << depth) - 1}, "what is drawn is not known");
  auto width = numberOf(m, call.self(), kWidth), height = numberOf(m, call.self(), kHeight);
  bool isOutside = width && height && (x.hi < 0 || y.hi < 0 || x.lo >= *width || y.lo >= *height);
  bool isWithin = width && height && x.lo >= 0 && y.lo >= 0 && x.hi < *width && y.hi < *height;
  call.setResult(isOutside  ? Value::none()
                 : isWithin ? colour
                            : joinValues(m, Value::none(), colour));
}

constexpr LibraryCallRow kTable[] = {
    {"framebuf.FrameBuffer", "framebuf.FrameBuffer", chargeFrameBuffer},
    {"framebuf.FrameBuffer.blit", "NoneType", chargeUndrawn},
    {"framebuf.FrameBuffer.ellipse", "NoneType", chargeUndrawn},
    {"framebuf.FrameBuffer.fill", "NoneType", chargeDrawing<drawFill, 1>},
    {"framebuf.FrameBuffer.fill_rect", "NoneType", chargeDrawing<drawFilledRectangle, 5>},
    {"framebuf.FrameBuffer.hline", "NoneType", chargeDrawing<drawRow, 4>},
    {"framebuf.FrameBuffer.line", "NoneType", chargeDrawing<drawLine, 5>},
    {"framebuf.FrameBuffer.pixel", "NoneType", chargePixel},
    {"framebuf.FrameBuffer.poly", "NoneType", chargeUndrawn},
    {"framebuf.FrameBuffer.rect", "NoneType", chargeDrawing<drawRectangle, 5>},
    {"framebuf.FrameBuffer.scroll", "NoneType", chargeDrawing<drawScrolled, 2>},
    {"framebuf.FrameBuffer.text", "NoneType", chargeUndrawn},
    {"framebuf.FrameBuffer.vline", "NoneType", chargeDrawing<drawColumn, 4>},
};

constexpr auto kRows = nativeRows<kTable>();

} // namespace

Value drawingFormat(llvm::StringRef name) {
  int64_t format = llvm::StringSwitch<int64_t>(name)
                       .Cases("MVLSB", "MONO_VLSB", MonoVlsb)
                       .Case("RGB565", Rgb565)
                       .Case("GS4_HMSB", Gs4Hmsb)
                       .Case("MONO_HLSB", MonoHlsb)
                       .Case("MONO_HMSB", MonoHmsb)
                       .Case("GS2_HMSB", Gs2Hmsb)
                       .Case("GS8", Gs8)
                       .Default(-1);
  return format < 0 ? Value() : Value::integer(format);
}

llvm::ArrayRef<NativeRow> framebufNatives() { return kRows; }

} // namespace fraglint
