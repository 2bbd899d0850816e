// Draws the data that lie beside the page on folium's map. Every text of theirs
// becomes a text node: nothing here writes markup.
function explore(map) {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var words = data.words;
  var shown = 0;
  var chosen = -1;
  var MARKED = "#b8400e";
  var CHOSEN = "#22303a";
  var SVG = "http://www.w3.org/2000/svg";

  function byId(id) { return document.getElementById(id); }
  function make(kind, text, parent) {
    var made = document.createElement(kind);
    made.textContent = text;
    if (parent) { parent.appendChild(made); }
    return made;
  }

  // Borders: a start and steps on a grid of degrees.
  function line(steps) {
    var x = 0, y = 0, points = [];
    for (var at = 0; at < steps.length; at += 2) {
      x += steps[at];
      y += steps[at + 1];
      points.push([data.origin[1] + y * data.step, data.origin[0] + x * data.step]);
    }
    return points;
  }

  var areas = L.featureGroup();
  var polygons = data.shapes.map(function (rings, place) {
    if (!rings.length) { return null; }
    var polygon = L.polygon(rings.map(line), {
      className: "area", color: "#ffffff", weight: data.names.length > 500 ? 0.4 : 1,
      fillOpacity: 1, smoothFactor: 0, noClip: true
    });
    polygon.place = place;
    return polygon.addTo(areas);
  });
  areas.bindTooltip(function (polygon) {
    var tip = make("span", "");
    make("strong", data.names[polygon.place], tip);
    make("br", "", tip);
    make("span", data.layers[shown].said[polygon.place], tip);
    return tip;
  }, { sticky: true });
  areas.on("click", function (event) { choose(event.layer.place, false); });
  areas.addTo(map);
  data.outline.forEach(function (steps) {
    L.polyline(line(steps), {
      color: "#5f6b73", weight: 1.3, interactive: false, smoothFactor: 0
    }).addTo(map);
  });

  // A dark line on a white one is seen on every colour.
  function border(place, colour) {
    var group = L.layerGroup().addTo(map);
    if (polygons[place]) {
      [["#ffffff", 7], [colour, 3.5]].forEach(function (line) {
        L.polygon(polygons[place].getLatLngs(), {
          color: line[0], weight: line[1], fill: false, interactive: false,
          smoothFactor: 0, noClip: true
        }).addTo(group);
      });
    }
    return group;
  }
  var around = L.layerGroup().addTo(map);

  // What is chosen: an indicator, an area.
  function show(number) {
    var layer = data.layers[number];
    shown = number;
    polygons.forEach(function (polygon, place) {
      if (polygon) { polygon.setStyle({ fillColor: layer.legend[layer.lines[place]].fill }); }
    });
    byId("unit").textContent = layer.unit;
    byId("about").textContent = [layer.note, words.source, layer.source].join(" ").trim();
    var legend = byId("legend");
    legend.textContent = "";
    layer.legend.forEach(function (row) {
      if (row.count) { legend.appendChild(legendRow(row)); }
    });
    if (chosen >= 0) { tell(); }
  }

  function legendRow(row) {
    var item = make("li", "");
    var swatch = document.createElementNS(SVG, "svg");
    var box = document.createElementNS(SVG, "rect");
    swatch.setAttribute("width", 22);
    swatch.setAttribute("height", 14);
    swatch.setAttribute("aria-hidden", "true");
    [["x", 0.5], ["y", 0.5], ["width", 21], ["height", 13], ["fill", row.fill],
      ["stroke", "#5f6b73"], ["stroke-width", 0.6]].forEach(function (pair) {
      box.setAttribute(pair[0], pair[1]);
    });
    swatch.appendChild(box);
    item.appendChild(swatch);
    make("span", row.label, item);
    make("span", "(" + row.count + ")", item).className = "count";
    return item;
  }

  function choose(place, look) {
    chosen = place;
    around.remove();
    around = border(place, CHOSEN);
    tell();
    if (look) {
      if (polygons[place]) {
        var bounds = polygons[place].getBounds();
        var zoom = Math.max(map.getBoundsZoom(bounds.pad(2.5)), home + 1);
        map.setView(bounds.getCenter(), zoom, { animate: false });
      }
      byId("chosen").focus({ preventScroll: true });
    }
  }

  function tell() {
    var body = byId("figures");
    byId("chosen-name").textContent = data.names[chosen];
    if (data.also[chosen]) {
      make("span", " " + data.also[chosen], byId("chosen-name")).className = "also";
    }
    body.textContent = "";
    byId("chosen").hidden = false;
    data.layers.forEach(function (layer, number) {
      var row = make("tr", "", body);
      make("th", layer.title, row).scope = "row";
      var cell = make("td", layer.said[chosen], row);
      if (layer.lines[chosen] >= layer.legend.length - 2) { cell.className = "missing"; }
      if (number === shown) { row.className = "shown"; }
    });
  }

  function lookAt(bounds) { map.fitBounds(bounds, { animate: false }); }

  // Search: letters with marks are found by those without.
  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }
  var folded = data.names.map(function (name, place) {
    return fold(name + " " + data.also[place]);
  });
  function search() {
    var asked = fold(byId("words").value.trim());
    var list = byId("found");
    var found = [];
    list.textContent = "";
    if (asked) {
      folded.forEach(function (name, place) {
        var at = name.indexOf(asked);
        if (at >= 0) { found.push([at, data.names[place], place]); }
      });
      found.sort(function (a, b) { return a[0] - b[0] || a[1].localeCompare(b[1], data.language); });
    }
    found.slice(0, 8).forEach(function (each) {
      var name = each[1] + (data.also[each[2]] ? " (" + data.also[each[2]] + ")" : "");
      var button = make("button", name, make("li", "", list));
      button.type = "button";
      button.addEventListener("click", function () { choose(each[2], true); });
    });
    list.hidden = !found.length;
    byId("told").textContent = asked
      ? words.found.replace("{number}", function () { return found.length; })
      : words.hint;
    return found;
  }

  // The controls.
  document.documentElement.lang = data.language;
  document.title = data.title;
  [["layer-label", words.indicator], ["words-label", words.search], ["told", words.hint]].forEach(
    function (pair) { byId(pair[0]).textContent = pair[1]; }
  );
  var select = byId("layer");
  var headings = {};
  data.layers.forEach(function (layer, number) {
    var key = "group " + layer.group;
    if (layer.group && !headings[key]) {
      headings[key] = make("optgroup", "", select);
      headings[key].label = layer.group;
    }
    make("option", layer.title, headings[key] || select).value = number;
  });
  select.addEventListener("change", function () { show(Number(select.value)); });
  byId("words").addEventListener("input", search);
  byId("words").addEventListener("keydown", function (event) {
    if (event.key !== "Enter") { return; }
    var found = search();
    if (found.length) { choose(found[0][2], true); }
  });
  var whole = make("button", words.whole, byId("places"));
  whole.type = "button";
  whole.addEventListener("click", function () { lookAt(data.bounds); });
  data.far.slice(0, 12).forEach(function (place) {
    var button = make("button", data.names[place], byId("places"));
    button.type = "button";
    button.addEventListener("click", function () { choose(place, true); });
  });
  var drawn = map.getContainer();
  drawn.setAttribute("role", "group");
  drawn.setAttribute("aria-label", words.map);
  L.control.zoom({ zoomInTitle: words.nearer, zoomOutTitle: words.farther }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  // One finger scrolls the page, two move the map.
  if (L.Browser.mobile) { map.dragging.disable(); }

  lookAt(data.bounds);
  var home = map.getZoom();
  map.setMinZoom(home - 1);
  map.setMaxZoom(home + 7);
  show(0);
  data.marked.forEach(function (place) { border(place, MARKED); });
  if (data.marked.length === 1) { choose(data.marked[0], false); }
  // Areas are reached by their names: thousands of stops would be a trap for the keyboard.
  drawn.querySelector(".leaflet-overlay-pane").setAttribute("aria-hidden", "true");
  drawn.querySelectorAll("path").forEach(function (path) { path.setAttribute("tabindex", "-1"); });

  // The page around gives the frame the height that it needs.
  var main = document.querySelector("main");
  function tellHeight() { parent.postMessage({ height: main.scrollHeight + 8 }, "*"); }
  new ResizeObserver(tellHeight).observe(main);
  tellHeight();
}
