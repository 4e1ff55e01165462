-- On paper, letters that no font of the book has give way to their spelling. alignkit fills in the table.

local SPELLED = {}

local function spell(element)
  local text = element.text:gsub(utf8.charpattern, SPELLED)
  if text ~= element.text then
    element.text = text
    return element
  end
end

if FORMAT:match("typst") and next(SPELLED) then
  return { { Str = spell, Code = spell, CodeBlock = spell, RawInline = spell, RawBlock = spell } }
end
return {}
