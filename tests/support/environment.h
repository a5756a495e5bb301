#pragma once
/// A variable of the environment with another value for a while.

#include <cstdlib>
#include <optional>
#include <string>

namespace fraglint {

class Environment {
public:
  Environment(const char *name, const char *value) : name_(name) {
    if (const char *before = std::getenv(name))
      before_ = before;
    ::setenv(name, value, 1);
  }
  ~Environment() {
    if (before_)
      ::setenv(name_, before_->c_str(), 1);
    else
      ::unsetenv(name_);
  }
  Environment(const Environment &) = delete;
  Environment &operator=(const Environment &) = delete;

private:
  const char *name_;
  std::optional<std::string> before_;
};

} // namespace fraglint
