-- What both engines need: answers, questions and actions as blocks on paper, web-only chapters left out of it.

local function typst(text)
  return pandoc.RawBlock("typst", text)
end

local BOXES = { question = true, answer = true, actions = true }

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

if FORMAT:match("typst") then
  return {
    { Pandoc = function(doc) doc.blocks = on_paper(doc.blocks) return doc end },
    { Div = box },
  }
end
