#include "semantic/firmware.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <string_view>

namespace fraglint {

namespace {

/// What the import of a module says about the file that imports it.
enum Origin : uint8_t {
  Neutral, ///< exists on firmwares and on desktops
  Board,   ///< a firmware module; with MicroPython's modules still CircuitPython
  CircuitPython,
  MicroPython,
  MicroPythonAide, ///< MicroPython, unless CircuitPython's modules are there (`const`)
  MicroBit,
  Desktop,
  DesktopOrPort, ///< desktop, unless it is MicroPython: its library has ports of these
  DesktopAlone,  ///< desktop where no firmware module tells otherwise
};

struct ModuleRow {
  llvm::StringLiteral name;
  Origin origin;
  bool isBuiltin; ///< written in C in the firmware
};

/// Top-level modules, sorted bytewise.
// clang-format off
constexpr ModuleRow kModules[] = {
    {"Adafruit_ADS1x15", Desktop, false},
    {"Adafruit_BBIO", Desktop, false},
    {"Adafruit_DHT", Desktop, false},
    {"Adafruit_GPIO", Desktop, false},
    {"Adafruit_IO", Desktop, false},
    {"Adafruit_MCP3008", Desktop, false},
    {"Adafruit_PCA9685", Desktop, false},
    {"Adafruit_SSD1306", Desktop, false},
    {"PIL", Desktop, false},
    {"PyQt4", Desktop, false},
    {"PyQt5", Desktop, false},
    {"PyQt6", Desktop, false},
    {"PySide2", Desktop, false},
    {"PySide6", Desktop, false},
    {"PySimpleGUI", Desktop, false},
    {"RPi", Desktop, false},
    {"Tkinter", Desktop, false},
    {"Xlib", Desktop, false},
    {"_asyncio", Neutral, true},
    {"_bleio", CircuitPython, true},
    {"_eve", CircuitPython, true},
    {"_pew", CircuitPython, true},
    {"_pixelbuf", CircuitPython, true},
    {"_stage", CircuitPython, true},
    {"_thread", Neutral, true},
    {"adafruit_bus_device", CircuitPython, true},
    {"adafruit_pixelbuf", CircuitPython, true},
    {"aesio", CircuitPython, true},
    {"aioble", MicroPythonAide, false},
    {"aiohttp", Desktop, false},
    {"alarm", CircuitPython, true},
    {"alif", MicroPython, true},
    {"ament_index_python", Desktop, false},
    {"analogbufio", CircuitPython, true},
    {"analogio", CircuitPython, true},
    {"anthropic", Desktop, false},
    {"argparse", Desktop, false},
    {"array", Neutral, true},
    {"asyncio", Neutral, false},
    {"atexit", Neutral, true},
    {"audiobusio", CircuitPython, true},
    {"audiocore", CircuitPython, true},
    {"audiodelays", CircuitPython, true},
    {"audiofilewriter", CircuitPython, true},
    {"audiofilters", CircuitPython, true},
    {"audiofreeverb", CircuitPython, true},
    {"audioi2sin", CircuitPython, true},
    {"audioio", CircuitPython, true},
    {"audiomixer", CircuitPython, true},
    {"audiomp3", CircuitPython, true},
    {"audiopwmio", CircuitPython, true},
    {"audiospeed", CircuitPython, true},
    {"aurora_epaper", CircuitPython, true},
    {"badger2040", MicroPythonAide, false},
    {"binascii", Neutral, true},
    {"bitbangio", CircuitPython, true},
    {"bitmapfilter", CircuitPython, true},
    {"bitmaptools", CircuitPython, true},
    {"bitops", CircuitPython, true},
    {"bleak", Desktop, false},
    {"bluetooth", MicroPythonAide, true},
    {"board", Board, true},
    {"boto3", Desktop, false},
    {"bs4", Desktop, false},
    {"btree", MicroPythonAide, true},
    {"builtins", Neutral, true},
    {"busdisplay", CircuitPython, true},
    {"busio", CircuitPython, true},
    {"canio", CircuitPython, true},
    {"cc3200", MicroPython, true},
    {"cedargrove_nau7802", CircuitPython, false},
    {"circuitpython_parser", CircuitPython, false},
    {"click", Desktop, false},
    {"cmath", Neutral, true},
    {"codeop", Neutral, true},
    {"collections", Neutral, true},
    {"concurrent", Desktop, false},
    {"configargparse", Desktop, false},
    {"configparser", Desktop, false},
    {"countio", CircuitPython, true},
    {"cryptolib", MicroPythonAide, true},
    {"csv", Desktop, false},
    {"ctypes", Desktop, false},
    {"curses", Desktop, false},
    {"cv2", Desktop, false},
    {"cyw43", CircuitPython, true},
    {"dash", Desktop, false},
    {"dataclasses", DesktopOrPort, false},
    {"datetime", DesktopOrPort, false},
    {"decimal", DesktopOrPort, false},
    {"deflate", MicroPythonAide, true},
    {"dht", MicroPythonAide, false},
    {"digitalio", CircuitPython, true},
    {"discord", Desktop, false},
    {"displayio", CircuitPython, true},
    {"displayio_layout", CircuitPython, false},
    {"distutils", Desktop, false},
    {"django", Desktop, false},
    {"dotclockframebuffer", CircuitPython, true},
    {"dotenv", Desktop, false},
    {"ds18x20", MicroPythonAide, false},
    {"dualbank", CircuitPython, true},
    {"email", Desktop, false},
    {"epaperdisplay", CircuitPython, true},
    {"errno", Neutral, true},
    {"esp", MicroPython, true},
    {"esp32", MicroPython, true},
    {"espcamera", CircuitPython, true},
    {"espidf", CircuitPython, true},
    {"espnow", CircuitPython, true},
    {"espulp", CircuitPython, true},
    {"evdev", Desktop, false},
    {"fastapi", Desktop, false},
    {"feedparser", Desktop, false},
    {"flask", Desktop, false},
    {"floppyio", CircuitPython, true},
    {"fontio", CircuitPython, true},
    {"fourwire", CircuitPython, true},
    {"fractions", DesktopOrPort, false},
    {"framebuf", MicroPythonAide, true},
    {"framebufferio", CircuitPython, true},
    {"frequencyio", CircuitPython, true},
    {"ftplib", Desktop, false},
    {"gamepad", CircuitPython, true},
    {"gamepadshift", CircuitPython, true},
    {"gc", Neutral, true},
    {"getopt", Desktop, false},
    {"getpass", Neutral, true},
    {"gi", Desktop, false},
    {"gifio", CircuitPython, true},
    {"glob", DesktopOrPort, false},
    {"google", Desktop, false},
    {"googleapiclient", Desktop, false},
    {"gpiod", Desktop, false},
    {"gpiozero", Desktop, false},
    {"grpc", Desktop, false},
    {"gspread", Desktop, false},
    {"hashlib", Neutral, true},
    {"heapq", Neutral, true},
    {"html", Desktop, false},
    {"http", Desktop, false},
    {"httplib", Desktop, false},
    {"i2cdisplaybus", CircuitPython, true},
    {"i2cperipheral", CircuitPython, true},
    {"i2cslave", CircuitPython, true},
    {"i2ctarget", CircuitPython, true},
    {"imagecapture", CircuitPython, true},
    {"imageio", Desktop, false},
    {"imapclient", Desktop, false},
    {"imp", Desktop, false},
    {"importlib", Desktop, false},
    {"inspect", Desktop, false},
    {"io", Neutral, true},
    {"ipaddress", Neutral, true},
    {"is31fl3741", CircuitPython, true},
    {"jinja2", Desktop, false},
    {"jpegdec", MicroPythonAide, false},
    {"jpegio", CircuitPython, true},
    {"json", Neutral, true},
    {"keras", Desktop, false},
    {"keypad", CircuitPython, true},
    {"keypad_demux", CircuitPython, true},
    {"kivy", Desktop, false},
    {"kmk", CircuitPython, false},
    {"langchain", Desktop, false},
    {"lgpio", Desktop, false},
    {"lib_colorwheel", CircuitPython, false},
    {"librosa", Desktop, false},
    {"lora", MicroPythonAide, false},
    {"lvfontio", CircuitPython, true},
    {"lvgl", MicroPythonAide, false},
    {"lwip", MicroPythonAide, true},
    {"m5stack", MicroPythonAide, false},
    {"machine", MicroPython, true},
    {"marshal", MicroPythonAide, true},
    {"math", Neutral, true},
    {"matplotlib", Desktop, false},
    {"max3421e", CircuitPython, true},
    {"mcpi", Desktop, false},
    {"mdns", CircuitPython, true},
    {"memorymap", CircuitPython, true},
    {"memorymonitor", CircuitPython, true},
    {"microbit", MicroBit, true},
    {"microcontroller", CircuitPython, true},
    {"micropython", MicroPythonAide, true},
    {"mimxrt", MicroPython, true},
    {"mip", MicroPythonAide, false},
    {"mipidsi", CircuitPython, true},
    {"mock", Desktop, false},
    {"msgpack", Neutral, true},
    {"multiprocessing", Desktop, false},
    {"multiterminal", CircuitPython, true},
    {"neopixel", Neutral, false},
    {"neopixel_spi", CircuitPython, false},
    {"neopixel_write", CircuitPython, true},
    {"network", MicroPython, true},
    {"nltk", Desktop, false},
    {"nose", Desktop, false},
    {"nrf", MicroPython, true},
    {"ntptime", MicroPythonAide, false},
    {"numba", Desktop, false},
    {"numpy", DesktopAlone, false},
    {"nvm", CircuitPython, true},
    {"oauth2client", Desktop, false},
    {"oauthlib", Desktop, false},
    {"ollama", Desktop, false},
    {"omv", MicroPythonAide, false},
    {"onewire", MicroPythonAide, false},
    {"onewireio", CircuitPython, true},
    {"openai", Desktop, false},
    {"openamp", MicroPython, true},
    {"openpyxl", Desktop, false},
    {"os", Neutral, true},
    {"paho", Desktop, false},
    {"pandas", Desktop, false},
    {"paralleldisplay", CircuitPython, true},
    {"paralleldisplaybus", CircuitPython, true},
    {"paramiko", Desktop, false},
    {"pathlib", Desktop, false},
    {"pew", CircuitPython, true},
    {"pexpect", Desktop, false},
    {"phue", Desktop, false},
    {"picamera", Desktop, false},
    {"picamera2", Desktop, false},
    {"picodisplay", MicroPythonAide, false},
    {"picodvi", CircuitPython, true},
    {"picographics", MicroPythonAide, false},
    {"pigpio", Desktop, false},
    {"pimoroni", MicroPythonAide, false},
    {"pip", Desktop, false},
    {"pkg_resources", DesktopOrPort, false},
    {"plasma", MicroPythonAide, false},
    {"platform", Neutral, true},
    {"plotly", Desktop, false},
    {"ps2io", CircuitPython, true},
    {"psutil", Desktop, false},
    {"pulseio", CircuitPython, true},
    {"pwmio", CircuitPython, true},
    {"pyaudio", Desktop, false},
    {"pyautogui", Desktop, false},
    {"pyb", MicroPython, true},
    {"pycom", MicroPython, true},
    {"pydub", Desktop, false},
    {"pygame", Desktop, false},
    {"pynput", Desktop, false},
    {"pyperclip", Desktop, false},
    {"pytest", Desktop, false},
    {"pythonosc", Desktop, false},
    {"pyttsx3", Desktop, false},
    {"pyvisa", Desktop, false},
    {"qrio", CircuitPython, true},
    {"qspibus", CircuitPython, true},
    {"rainbowio", CircuitPython, true},
    {"random", Neutral, true},
    {"rclcpy", CircuitPython, true},
    {"rclpy", Desktop, false},
    {"re", Neutral, true},
    {"readline", Desktop, false},
    {"rgbmatrix", CircuitPython, true},
    {"rich", Desktop, false},
    {"rospy", Desktop, false},
    {"rotaryio", CircuitPython, true},
    {"rp2", MicroPython, true},
    {"rp2pio", CircuitPython, true},
    {"rtc", CircuitPython, true},
    {"samd", CircuitPython, true},
    {"scipy", Desktop, false},
    {"sdcard", MicroPythonAide, false},
    {"sdcardio", CircuitPython, true},
    {"sdioio", CircuitPython, true},
    {"seaborn", Desktop, false},
    {"secrets", Neutral, false},
    {"select", Neutral, true},
    {"selenium", Desktop, false},
    {"senml", MicroPythonAide, false},
    {"sensor", MicroPythonAide, false},
    {"serial", Desktop, false},
    {"setuptools", Desktop, false},
    {"sharpdisplay", CircuitPython, true},
    {"shutil", Desktop, false},
    {"signal", Desktop, false},
    {"simpleaudio", Desktop, false},
    {"simpleio", CircuitPython, false},
    {"skimage", Desktop, false},
    {"sklearn", Desktop, false},
    {"smbus", Desktop, false},
    {"smbus2", Desktop, false},
    {"smtplib", Desktop, false},
    {"socket", Neutral, true},
    {"socketpool", CircuitPython, true},
    {"socketserver", Desktop, false},
    {"sounddevice", Desktop, false},
    {"soundfile", Desktop, false},
    {"speech_recognition", Desktop, false},
    {"sphinx", Desktop, false},
    {"spidev", Desktop, false},
    {"spitarget", CircuitPython, true},
    {"sqlalchemy", Desktop, false},
    {"sqlite3", Desktop, false},
    {"ssd1306", MicroPythonAide, false},
    {"ssl", Neutral, true},
    {"statistics", Desktop, false},
    {"stm", MicroPython, true},
    {"stm32", MicroPython, true},
    {"storage", CircuitPython, true},
    {"streamlit", Desktop, false},
    {"struct", Neutral, true},
    {"subprocess", Desktop, false},
    {"supervisor", CircuitPython, true},
    {"synthio", CircuitPython, true},
    {"sys", Neutral, true},
    {"sysv_ipc", Desktop, false},
    {"tempfile", Desktop, false},
    {"tenacity", Desktop, false},
    {"tensorflow", Desktop, false},
    {"terminalio", CircuitPython, true},
    {"termios", Desktop, false},
    {"textual", Desktop, false},
    {"tflite_runtime", Desktop, false},
    {"threading", Desktop, false},
    {"tilepalettemapper", CircuitPython, true},
    {"time", Neutral, true},
    {"tkFont", Desktop, false},
    {"tkinter", Desktop, false},
    {"tls", MicroPythonAide, true},
    {"tomllib", Desktop, false},
    {"torch", Desktop, false},
    {"torchvision", Desktop, false},
    {"touchio", CircuitPython, true},
    {"tox", Desktop, false},
    {"tqdm", Desktop, false},
    {"traceback", Neutral, true},
    {"tty", Desktop, false},
    {"tweepy", Desktop, false},
    {"twisted", Desktop, false},
    {"typer", Desktop, false},
    {"uarray", MicroPythonAide, true},
    {"uasyncio", MicroPythonAide, false},
    {"ubinascii", MicroPythonAide, true},
    {"ubluetooth", MicroPythonAide, true},
    {"ucollections", MicroPythonAide, true},
    {"ucryptolib", MicroPythonAide, true},
    {"uctypes", MicroPython, true},
    {"uerrno", MicroPythonAide, true},
    {"ugame", CircuitPython, false},
    {"uhashlib", MicroPythonAide, true},
    {"uheap", CircuitPython, true},
    {"uheapq", MicroPythonAide, true},
    {"uio", MicroPythonAide, true},
    {"ujson", MicroPythonAide, true},
    {"ulab", CircuitPython, true},
    {"ulogging", MicroPythonAide, false},
    {"umachine", MicroPython, true},
    {"umqtt", MicroPythonAide, false},
    {"unittest", Desktop, false},
    {"uos", MicroPythonAide, true},
    {"upip", MicroPythonAide, false},
    {"upysh", MicroPythonAide, false},
    {"urandom", MicroPythonAide, true},
    {"ure", MicroPythonAide, true},
    {"urequests", MicroPythonAide, false},
    {"urllib", DesktopOrPort, false},
    {"urllib2", Desktop, false},
    {"urllib3", Desktop, false},
    {"usb", Neutral, true},
    {"usb1", Desktop, false},
    {"usb_audio", CircuitPython, true},
    {"usb_cdc", CircuitPython, true},
    {"usb_hid", CircuitPython, true},
    {"usb_host", CircuitPython, true},
    {"usb_midi", CircuitPython, true},
    {"usb_video", CircuitPython, true},
    {"uselect", MicroPythonAide, true},
    {"usocket", MicroPythonAide, true},
    {"ussl", MicroPythonAide, true},
    {"ustack", CircuitPython, true},
    {"ustruct", MicroPythonAide, true},
    {"usys", MicroPythonAide, true},
    {"utime", MicroPythonAide, true},
    {"uuid", DesktopOrPort, false},
    {"uzlib", MicroPythonAide, true},
    {"vectorio", CircuitPython, true},
    {"vfs", MicroPythonAide, true},
    {"vosk", Desktop, false},
    {"warnings", Neutral, true},
    {"watchdog", CircuitPython, true},
    {"webbrowser", Desktop, false},
    {"webrepl", MicroPythonAide, false},
    {"websocket", Desktop, false},
    {"websockets", Desktop, false},
    {"webview", Desktop, false},
    {"wifi", CircuitPython, true},
    {"wipy", MicroPython, true},
    {"wx", Desktop, false},
    {"xml", Desktop, false},
    {"yaml", Desktop, false},
    {"youtube_dl", Desktop, false},
    {"zephyr", MicroPython, true},
    {"zipfile", Desktop, false},
    {"zlib", Neutral, true},
};
// clang-format on

constexpr bool isSorted() {
  for (size_t i = 1; i < std::size(kModules); ++i)
    if (std::string_view(kModules[i - 1].name) >= std::string_view(kModules[i].name))
      return false;
  return true;
}
static_assert(isSorted(), "the table is searched by bisection");

const ModuleRow *findModule(llvm::StringRef name) {
  const ModuleRow *row = llvm::partition_point(
      kModules, [name](const ModuleRow &candidate) { return candidate.name < name; });
  return row != std::end(kModules) && row->name == name ? row : nullptr;
}

llvm::StringRef topLevel(llvm::StringRef module) {
  return module.take_until([](char c) { return c == '.'; });
}

bool isCircuitPythonLibrary(llvm::StringRef name) {
  return name.starts_with("adafruit_") || name.starts_with("circuitpython_");
}

Origin originOf(llvm::StringRef module) {
  module = topLevel(module);
  if (const ModuleRow *row = findModule(module))
    return row->origin;
  return isCircuitPythonLibrary(module) ? CircuitPython : Neutral;
}

bool containsAny(llvm::StringRef text, std::initializer_list<llvm::StringRef> words) {
  return llvm::any_of(words, [text](llvm::StringRef word) { return text.contains(word); });
}

/// Whether a `try` goes on where an import in it fails.
bool toleratesMissing(SyntaxNode tryStatement) {
  for (SyntaxNode clause : tryStatement.children()) {
    if (clause.kind() != NodeKind::ExceptClause)
      continue;
    SyntaxNode caught = clause.child(Field::Value);
    if (!caught || containsAny(caught.text(), {"ImportError", "ModuleNotFoundError", "Exception"}))
      return true;
  }
  return false;
}

/// Whether a test asks what the program runs on: `sys.implementation`, `"CE0" in dir(board)`.
bool asksForPlatform(SyntaxNode condition) {
  return containsAny(condition.text(), {"TYPE_CHECKING", "implementation", "platform", "dir(board)",
                                        "hasattr(board"});
}

/// Whether the program also runs where the import is not to be had.
bool isGuarded(SyntaxNode import) {
  for (SyntaxNode node = import; node; node = node.parent()) {
    if (node.kind() == NodeKind::TryStatement && toleratesMissing(node))
      return true;
    if ((node.kind() == NodeKind::IfStatement || node.kind() == NodeKind::ElifClause) &&
        asksForPlatform(node.child(Field::Condition)))
      return true;
  }
  return false;
}

/// What all imports of a file say together.
class Evidence {
public:
  void add(llvm::StringRef module, SyntaxNode import) {
    Origin origin = originOf(module);
    bool isDesktop = origin >= Desktop;
    // A desktop module behind a guard is what the firmware does without.
    if (origin != Neutral && !(isDesktop && isGuarded(import)))
      seen_ |= 1U << origin;
  }

  /// A file or folder that is named like one of CircuitPython's libraries is part of it: many
  /// of its files import nothing but `micropython.const`.
  void addPath(llvm::StringRef path) {
    llvm::SmallVector<llvm::StringRef, 8> parts;
    llvm::SplitString(path, parts, "/\\");
    if (saw(MicroPythonAide) && llvm::any_of(parts, isCircuitPythonLibrary))
      seen_ |= 1U << CircuitPython;
  }

  FirmwareKind verdict() const {
    bool isPort = saw(MicroPython) && !saw(Board);
    if (saw(Desktop) || (saw(DesktopOrPort) && !isPort && !saw(MicroPythonAide)))
      return FirmwareKind::Desktop;
    if (saw(MicroBit))
      return FirmwareKind::MicroBit;
    if (isPort)
      return FirmwareKind::MicroPython;
    if (saw(Board) || saw(CircuitPython))
      return FirmwareKind::CircuitPython;
    if (saw(MicroPythonAide))
      return FirmwareKind::MicroPython;
    return saw(DesktopAlone) ? FirmwareKind::Desktop : FirmwareKind::Unknown;
  }

private:
  bool saw(Origin origin) const { return (seen_ >> origin & 1U) != 0; }

  uint32_t seen_ = 0; ///< one bit for each Origin
};

} // namespace

FirmwareKind firmwareKind(const SemanticModel &model, uint32_t file) {
  Evidence evidence;
  for (const Binding &binding : model.bindings())
    if (binding.kind == BindingKind::Import && model.fileOf(binding.name) == file)
      evidence.add(binding.importedName, binding.name);
  for (const StarImport &import : model.starImports())
    if (model.fileOf(import.node) == file)
      evidence.add(import.module, import.node);
  evidence.addPath(model.files()[file].tree->file().path());
  return evidence.verdict();
}

bool isBuiltinModule(llvm::StringRef module) {
  const ModuleRow *row = findModule(topLevel(module));
  return row && row->isBuiltin;
}

bool isOfNoFirmware(llvm::StringRef module) {
  // Source: neither in C nor frozen in the trees of MicroPython 1.29 and CircuitPython 10.
  return llvm::is_contained({"types", "typing"}, topLevel(module));
}

} // namespace fraglint
