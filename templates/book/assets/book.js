// Search and the phone's menu. No modules and no requests: both would be refused for a page opened from a folder.
(function () {
  "use strict";
  var side = document.getElementById("side");
  var menu = document.querySelector("button.menu");
  document.documentElement.classList.add("js");
  menu.addEventListener("click", function () {
    var open = side.classList.toggle("open");
    menu.setAttribute("aria-expanded", String(open));
  });

  var index = (window.alignkitSearch || []).map(function (entry) {
    return { entry: entry, title: fold(entry.title), text: fold(entry.text) };
  });
  var form = document.querySelector("form.search");
  var query = document.getElementById("query");
  var results = document.getElementById("results");
  var nothing = document.querySelector(".nothing");
  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  query.addEventListener("input", function () { show(query.value); });

  function fold(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  function score(item, words) {
    var total = 0;
    for (var i = 0; i < words.length; i += 1) {
      var inTitle = item.title.indexOf(words[i]) >= 0;
      if (!inTitle && item.text.indexOf(words[i]) < 0) { return 0; }
      total += inTitle ? 5 : 1;
    }
    return total;
  }

  function show(typed) {
    var words = fold(typed).split(/\s+/).filter(Boolean);
    var found = index.map(function (item, place) { return { item: item, place: place, score: score(item, words) }; })
      .filter(function (hit) { return words.length && hit.score > 0; })
      .sort(function (a, b) { return b.score - a.score || a.place - b.place; })
      .slice(0, 12);
    results.replaceChildren.apply(results, found.map(function (hit) { return line(hit.item, words[0]); }));
    results.hidden = found.length === 0;
    nothing.hidden = found.length > 0 || words.length === 0;
  }

  function line(item, word) {
    var entry = item.entry;
    var row = document.createElement("li");
    var link = document.createElement("a");
    link.href = entry.href;
    link.textContent = entry.title === entry.page ? entry.page : entry.page + " › " + entry.title;
    row.appendChild(link);
    var at = item.text.indexOf(word);
    if (at >= 0) {
      var from = Math.max(0, entry.text.lastIndexOf(" ", Math.max(0, at - 40)));
      var snippet = document.createElement("p");
      snippet.textContent = (from ? "… " : "") + entry.text.slice(from, at + 80).trim() + " …";
      row.appendChild(snippet);
    }
    return row;
  }
}());
