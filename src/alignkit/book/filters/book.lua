-- What both engines need: boxes and fitted chapters on paper, web-only chapters left out of it, tables for any screen.

local HTML = FORMAT:match("html") ~= nil

local function typst(text)
  return pandoc.RawBlock("typst", text)
end

local BOXES = { question = true, answer = true, actions = true, form = true }

local function box(div)
  for _, class in ipairs(div.classes) do
    if BOXES[class] then
      local blocks = pandoc.List({ typst("#ak-" .. class .. "[") })
      blocks:extend(div.content)
      blocks:insert(typst("]"))
      return blocks
    end
  end
end

-- A chapter is web-only by the class of its first heading; on paper all that stands below it goes too.
local function on_paper(blocks)
  local kept, dropping = pandoc.List(), false
  for _, block in ipairs(blocks) do
    if block.t == "Header" and block.level == 1 then
      dropping = block.classes:includes("web-only")
    end
    if not dropping then
      kept:insert(block)
    end
  end
  return kept
end

-- Tables: as wide as they need on screen, cells that say what they are on a phone.
local WIDE = 84

local function cell_length(cell)
  return utf8.len(pandoc.utils.stringify(cell.contents)) or 0
end

local function natural_width(rows)
  local widest, total = {}, 0
  for _, row in ipairs(rows) do
    for place, cell in ipairs(row.cells) do
      widest[place] = math.max(widest[place] or 0, cell_length(cell))
    end
  end
  for _, width in ipairs(widest) do
    total = total + width
  end
  return total, #widest
end

local function all_rows(tbl)
  local rows = pandoc.List()
  rows:extend(tbl.head.rows)
  for _, body in ipairs(tbl.bodies) do
    rows:extend(body.body)
  end
  return rows
end

local SHORT, LONG_WORD, LINE = 18, 28, 96

local function longest_word(cell)
  local longest = 0
  for word in pandoc.utils.stringify(cell.contents):gmatch("%S+") do
    longest = math.max(longest, utf8.len(word) or 0)
  end
  return longest
end

-- Whether the table still fits a page when its short cells keep to one line.
local function may_keep(rows)
  local widest, total = {}, 0
  for _, row in ipairs(rows) do
    for place, cell in ipairs(row.cells) do
      local length = cell_length(cell)
      local least = length <= SHORT and length or math.min(longest_word(cell), LONG_WORD)
      widest[place] = math.max(widest[place] or 0, least)
    end
  end
  for _, width in ipairs(widest) do
    total = total + width + 3
  end
  return total <= LINE
end

-- Whether the first column says what each row is about.
local function names_its_rows(body)
  for _, row in ipairs(body.body) do
    if cell_length(row.cells[1]) == 0 then
      return false
    end
  end
  return true
end

local function label_cells(tbl, keep)
  local headings = {}
  for _, row in ipairs(tbl.head.rows) do
    for place, cell in ipairs(row.cells) do
      headings[place] = pandoc.utils.stringify(cell.contents)
      cell.attributes["scope"] = "col"
      cell.attributes["role"] = "columnheader"
    end
  end
  for _, body in ipairs(tbl.bodies) do
    local named = names_its_rows(body)
    body.row_head_columns = named and 1 or 0
    for _, row in ipairs(body.body) do
      for place, cell in ipairs(row.cells) do
        cell.attributes["label"] = headings[place]
        if keep and cell_length(cell) <= SHORT then
          cell.classes:insert("short")
        elseif longest_word(cell) > LONG_WORD then
          cell.classes:insert("breaks")
        end
        cell.attributes["role"] = (named and place == 1) and "rowheader" or "cell"
        if named and place == 1 then
          cell.attributes["scope"] = "row"
        end
      end
    end
  end
end

local function as_table(tbl)
  local rows = all_rows(tbl)
  local width, columns = natural_width(rows)
  if HTML or width <= WIDE then
    tbl.colspecs = tbl.colspecs:map(function(spec) return { spec[1], nil } end)
  end
  if HTML then
    label_cells(tbl, may_keep(rows))
    tbl.classes:insert(columns > 3 and "stacks" or "plain")
  end
  return tbl
end

local function notes_in(blocks)
  local count = 0
  pandoc.Pandoc(blocks):walk({ Note = function() count = count + 1 end })
  return count
end

local function chapter(blocks)
  local classes = blocks[1].classes
  if classes:includes("after-contents") then
    return "#ak-contents()\n#["
  end
  return "#ak-chapter(notes: " .. notes_in(blocks) .. ")["
end

-- Page one's sections, and those from a heading of class "overleaf" on, which stand on the page after it. On paper page
-- one does without its question: the answer says it.
local function overleaf(blocks)
  local first, after = pandoc.List(), pandoc.List()
  local target = first
  for place, block in ipairs(blocks) do
    if place > 1 and block.t == "Header" and block.level == 2 then
      target = block.classes:includes("overleaf") and after or first
    end
    if not (block.t == "Div" and block.classes:includes("question")) then
      target:insert(block)
    end
  end
  return first, after
end

-- Each chapter in a call that fits it to its pages.
local function in_chapters(blocks)
  local wrapped, current = pandoc.List(), nil
  local function call(start, content)
    wrapped:insert(typst(start))
    wrapped:extend(content)
    wrapped:insert(typst("]"))
  end
  local function close()
    if current and current[1].classes:includes("page-one") then
      local first, after = overleaf(current)
      call("#ak-page-one[", first)
      if #after > 0 then
        call("#ak-overleaf[", after)
      end
    elseif current then
      call(chapter(current), current)
    end
  end
  for _, block in ipairs(blocks) do
    if block.t == "Header" and block.level == 1 then
      close()
      current = pandoc.List()
    end
    (current or wrapped):insert(block)
  end
  close()
  return wrapped
end

if HTML then
  return { { Table = as_table } }
elseif FORMAT:match("typst") then
  return {
    {
      Pandoc = function(doc)
        doc.blocks = in_chapters(on_paper(doc.blocks))
        return doc
      end,
    },
    { Div = box, Table = as_table },
  }
end
