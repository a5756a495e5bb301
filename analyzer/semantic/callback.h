#pragma once
/// Functions that a program hands out to be called later: by timers, interrupts, network
/// clients, servers, buttons, schedulers.

#include "semantic/semantic_model.h"

#include <vector>

namespace fraglint {

/// By function, whether it is handed out: as an argument (`timer.init(callback=tick)`), as an
/// attribute of another object (`client.on_message = show`), or by a decorator that is a method
/// of an object (`@server.route("/")`). What `sorted`, `map` and the like get is used at once.
std::vector<bool> findCallbacks(const SemanticModel &model);

} // namespace fraglint
