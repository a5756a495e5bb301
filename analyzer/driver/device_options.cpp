#include "driver/device_options.h"

namespace fraglint {

llvm::Expected<DeviceSource> openSource(const DeviceOptions &options) {
  if (options.device.empty() == options.replay.empty())
    return llvm::createStringError("one of --device and --replay is wanted: `--device "
                                   "unix:64k`, for example; `fraglint devices` lists them");
  if (!options.replay.empty())
    return DeviceSource::replaying(options.replay);
  llvm::Expected<DeviceAddress> address = DeviceAddress::parse(options.device);
  if (!address)
    return address.takeError();
  llvm::Expected<DeviceSource> source = DeviceSource::at(*address);
  if (source && !options.record.empty())
    if (llvm::Error error = source->recordTo(options.record))
      return error;
  return source;
}

} // namespace fraglint
