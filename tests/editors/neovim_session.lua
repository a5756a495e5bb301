-- What a user does in Neovim, here with its own functions: look at the findings, choose the fix, save.
-- Loaded by neovim_test.py, which gives the path of the file and where to write what was seen.
local seen = { has_hints = vim.lsp.inlay_hint ~= nil and vim.lsp.inlay_hint.is_enabled() }

local function await(what, condition)
  if not vim.wait(tonumber(vim.env.DEADLINE) * 1000, condition, 20) then
    error("not in time: " .. what)
  end
end

-- The answer to a list of choices, which Neovim would ask the user for.
local choice = vim.env.CHOICE
vim.ui.select = function(items, options, choose)
  seen.titles = vim.tbl_map(options.format_item, items)
  for index, title in ipairs(seen.titles) do
    if title == choice then
      return choose(items[index], index)
    end
  end
  error("no such choice: " .. vim.inspect(seen.titles))
end

local function session()
  vim.cmd("edit " .. vim.fn.fnameescape(vim.env.PROGRAM))
  await("findings", function() return #vim.diagnostic.get(0) > 0 end)
  seen.findings = vim.tbl_map(function(one)
    return { line = one.lnum + 1, column = one.col, severity = one.severity, source = one.source,
             code = one.code or one.user_data.lsp.code, message = one.message }
  end, vim.diagnostic.get(0))

  local function hover_at(line, column)
    vim.api.nvim_win_set_cursor(0, { line, column })
    local answers = vim.lsp.buf_request_sync(0, "textDocument/hover",
                                             vim.lsp.util.make_position_params(0, "utf-16"), tonumber(vim.env.DEADLINE) * 1000)
    return select(2, next(answers)).result
  end
  seen.hover = hover_at(unpack(vim.fn.searchpos("bytearray(16384)")))
  vim.api.nvim_win_set_cursor(0, { seen.findings[1].line, seen.findings[1].column })

  if seen.has_hints then
    choice = "Show heap costs"
    vim.lsp.buf.code_action()
    await("hints", function() return #vim.lsp.inlay_hint.get({ bufnr = 0 }) > 0 end)
    seen.hints = vim.tbl_map(function(one)
      return { line = one.inlay_hint.position.line + 1, label = vim.inspect(one.inlay_hint.label) }
    end, vim.lsp.inlay_hint.get({ bufnr = 0 }))
    choice = vim.env.CHOICE
  end

  local before = vim.api.nvim_buf_get_changedtick(0)
  vim.lsp.buf.code_action()
  await("the fix", function() return vim.api.nvim_buf_get_changedtick(0) > before end)
  await("no findings", function() return #vim.diagnostic.get(0) == 0 end)
  vim.cmd("write")
end

local worked, why = pcall(session)
seen.error = not worked and tostring(why) or nil
vim.fn.writefile({ vim.json and vim.json.encode(seen) or vim.fn.json_encode(seen) }, vim.env.SEEN)
vim.cmd("qall!")
