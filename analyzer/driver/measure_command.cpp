#include "driver/measure_command.h"

#include "driver/measurement_report.h"

namespace fraglint {

ExitStatus runMeasure(const MeasureOptions &options, Console &console) {
  ProgramRuns program(options.run, console);
  ExitStatus status = program.run();
  if (!program.runs().empty())
    (options.format == "json" ? writeJson : writeText)(console.out(), program.file(),
                                                       program.runs());
  return status;
}

} // namespace fraglint
