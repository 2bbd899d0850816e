(function () {
  "use strict";

  // Without this script, or in an old browser, the counties lead to every page.
  var filters = document.querySelector(".filters");
  var input = document.getElementById("words");
  if (!filters || !window.DecompressionStream) { return; }
  var hits = document.getElementById("hits");
  var list = document.getElementById("list");
  var found = filters.querySelector(".found");
  var MOST = 60;

  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/œ/g, "oe");
  }

  // The names are unpacked at the first key, so that the page itself opens at once.
  var reading = null;
  function read() {
    reading = reading || unpack(document.getElementById("names").textContent).then(function (text) {
      var county = null;
      var areas = [];
      text.split("\n").forEach(function (line) {
        var parts = line.split("\t");
        if (parts.length === 3) {
          county = { folder: parts[1], name: parts[2] };
        } else {
          areas.push({ id: parts[0], name: parts[1], county: county, words: fold(parts[1]) });
        }
      });
      return areas;
    });
    return reading;
  }

  function unpack(letters) {
    var bytes = Uint8Array.from(atob(letters), function (letter) { return letter.charCodeAt(0); });
    var plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(plain).text();
  }

  function rank(area, words) {
    return area.words === words ? 0 : area.words.indexOf(words) === 0 ? 1 : 2;
  }

  function show(areas) {
    var words = fold(input.value.trim());
    list.hidden = words !== "";
    hits.hidden = words === "";
    var fitting = words === "" ? [] : areas.filter(function (area) {
      return area.words.indexOf(words) >= 0 || area.id.toLowerCase() === words;
    }).sort(function (a, b) { return rank(a, words) - rank(b, words); });
    hits.replaceChildren.apply(hits, fitting.slice(0, MOST).map(function (area) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = area.county.folder + "/" + area.id + ".html";
      link.textContent = area.name + (area.county.name ? " (" + area.county.name + ")" : "");
      item.appendChild(link);
      return item;
    }));
    var said = fitting.length > MOST ? found.dataset.many : found.dataset.all;
    found.textContent = words === "" ? ""
      : said.replace("{shown}", Math.min(MOST, fitting.length)).replace("{total}", fitting.length);
  }

  filters.hidden = false;
  input.addEventListener("input", function () { read().then(show); });
})();
