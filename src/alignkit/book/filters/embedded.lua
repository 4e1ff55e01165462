-- What Quarto does by itself: conditional content, callouts, figures and tables with numbers, cross references.
-- The metadata `alignkit-labels` names a JSON file: label → {text, title, href, caption}.

local labels, words = {}, {}
local HTML = FORMAT:match("html") ~= nil
local TYPST = FORMAT:match("typst") ~= nil

local function raw(text)
  return pandoc.RawBlock(HTML and "html" or "typst", text)
end

local function inline(text)
  return pandoc.RawInline(HTML and "html" or "typst", text)
end

local function quoted(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"'
end

local function read_labels(meta)
  local file = assert(io.open(pandoc.utils.stringify(meta["alignkit-labels"]), "r"))
  local content = pandoc.json.decode(file:read("a"), false)
  file:close()
  labels, words = content.labels, content.words
end

-- Conditional content ------------------------------------------------------------------------------------------------

local function shown(div)
  local visible, hidden = div.classes:includes("content-visible"), div.classes:includes("content-hidden")
  if not (visible or hidden) then
    return nil
  end
  local wanted = div.attributes["when-format"]
  local here = (wanted == "html" and HTML) or (wanted == "typst" and TYPST) or (wanted == "pdf" and TYPST)
  if (visible and here) or (hidden and not here) then
    return div.content
  end
  return {}
end

-- Callouts -----------------------------------------------------------------------------------------------------------

local function callout(div)
  local kind
  for _, class in ipairs(div.classes) do
    kind = kind or class:match("^callout%-(%a+)$")
  end
  if not kind then
    return nil
  end
  local title, blocks = div.attributes["title"], div.content
  if not title and blocks[1] and blocks[1].t == "Header" then
    title = pandoc.utils.stringify(blocks[1])
    blocks:remove(1)
  end
  title = title or words[kind] or kind
  if HTML and div.attributes["collapse"] == "true" then
    local fold = pandoc.List({ raw("<details class=\"fold\">"), pandoc.Plain({ inline("<summary>"), title, inline("</summary>") }) })
    fold:extend(blocks)
    fold:insert(raw("</details>"))
    return fold
  end
  if HTML then
    local inside = pandoc.List({ pandoc.Div({ pandoc.Para(title) }, { class = "callout-title" }) })
    inside:extend(blocks)
    return pandoc.Div(inside, { class = "callout callout-" .. kind, role = "note" })
  end
  local call = pandoc.List({ pandoc.Plain({ inline("#ak-callout(" .. quoted(kind) .. ")["), title, inline("][") }) })
  call:extend(blocks)
  call:insert(raw("]"))
  return call
end

-- Figures and tables -------------------------------------------------------------------------------------------------

local function numbered(caption, id)
  local label = labels[id]
  if label and label.number ~= "" then
    local first = caption.long[1]
    local name = HTML and pandoc.Span(label.number .. ". ", { class = "number" }) or pandoc.Strong(label.number .. ". ")
    if first then
      first.content:insert(1, name)
    end
  end
  return caption
end

local function figure_html(figure, image)
  local alt = image.attributes["fig-alt"]
  image.attributes["fig-alt"] = nil
  image.caption = { pandoc.Str(alt or "") }
  local source = image.src
  figure.caption = numbered(figure.caption, figure.identifier)
  local link = pandoc.Link({ image }, source, "", { class = "enlarge" })
  figure.content = { pandoc.Plain({ link }) }
  figure.classes:insert("chart")
  return figure
end

local function figure_typst(figure, image)
  local call = "#ak-chart(" .. quoted("/" .. image.src) .. ", " .. quoted(image.attributes["fig-alt"] or "") .. ")["
  local caption = numbered(figure.caption, figure.identifier)
  local first = caption.long[1]
  local content = pandoc.List({ inline(call) })
  content:extend(first and first.content or {})
  content:insert(inline("] <" .. figure.identifier .. ">"))
  return { pandoc.Plain(content) }
end

local function figure(fig)
  local image
  fig:walk({ Image = function(found) image = found end })
  if image then
    return HTML and figure_html(fig, image) or figure_typst(fig, image)
  end
end

local function as_table(tbl)
  tbl.caption = numbered(tbl.caption, tbl.identifier)
  if not HTML then
    return tbl
  end
  local box = {}
  if #tbl.colspecs > 6 then
    -- It may scroll sideways, so the keyboard must reach it. A list of pairs: a mapping has no order, and the same book
    -- must be the same bytes.
    local said = pandoc.utils.stringify(tbl.caption.long)
    box = { { "tabindex", "0" }, { "role", "region" }, { "aria-label", said } }
  end
  return pandoc.Div({ tbl }, pandoc.Attr("", { "table" }, box))
end

-- Cross references ---------------------------------------------------------------------------------------------------

local function heading(header)
  local label = labels[header.identifier]
  if HTML and header.level == 1 and label and label.chapter ~= "" then
    header.content:insert(1, pandoc.Space())
    header.content:insert(1, pandoc.Span(label.chapter, { class = "number" }))
  end
  return header
end

local function reference(cite)
  local parts = pandoc.List()
  for place, item in ipairs(cite.citations) do
    local label = labels[item.id]
    if not label then
      return nil
    end
    if place > 1 then
      parts:extend({ pandoc.Str(","), pandoc.Space() })
    end
    if HTML then
      parts:insert(pandoc.Link(label.text, label.href, "", { class = "reference" }))
    else
      parts:insert(inline("#ak-reference(<" .. item.id .. ">)[" ))
      parts:insert(pandoc.Str(label.text))
      parts:insert(inline("]"))
    end
  end
  return parts
end

return {
  { Meta = read_labels },
  { Div = shown },
  { Header = heading, Figure = figure, Table = as_table, Cite = reference },
  { Div = callout },
}
