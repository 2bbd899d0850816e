(function () {
  "use strict";

  // Paper shows every short table; long ones stay in the file.
  var unfolded = [];
  window.addEventListener("beforeprint", function () {
    unfolded = Array.prototype.slice.call(document.querySelectorAll("details.short:not([open])"));
    unfolded.forEach(function (details) { details.open = true; });
  });
  window.addEventListener("afterprint", function () {
    unfolded.forEach(function (details) { details.open = false; });
    unfolded = [];
  });

  // An old browser keeps the drawings and the tables; only charts and long files need this.
  if (!window.DecompressionStream || !window.IntersectionObserver) { return; }

  function unpack(letters) {
    var bytes = Uint8Array.from(atob(letters), function (letter) { return letter.charCodeAt(0); });
    var plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(plain).blob();
  }

  document.querySelectorAll("a[data-packed]").forEach(function (link) {
    link.closest("details").addEventListener("toggle", function () {
      unpack(link.dataset.packed).then(function (file) {
        var reader = new FileReader();
        reader.onload = function () {
          link.href = reader.result.replace(/^data:[^,]*,/, "data:text/csv;charset=utf-8;base64,");
          link.hidden = false;
        };
        reader.readAsDataURL(file);
      });
    }, { once: true });
  });

  // A map to look into lives in a frame of its own, without rights in this page.
  var shell = document.getElementById("map-frame");
  var page = null;
  var frames = [];
  function text(letters) {
    return unpack(letters).then(function (file) { return file.text(); });
  }
  function mount(drawing) {
    page = page || text(shell.textContent);
    Promise.all([page, text(drawing.querySelector("script").textContent)]).then(function (parts) {
      var place = drawing.querySelector(".explorer");
      var frame = document.createElement("iframe");
      frame.setAttribute("sandbox", "allow-scripts");
      frame.title = place.dataset.title;
      frame.srcdoc = parts[0].replace("<!--data-->", function () { return parts[1]; });
      frames.push(frame);
      place.hidden = false;
      place.appendChild(frame);
    }).catch(function () {});
  }
  // It tells its height when it has drawn; till then the drawing stands.
  window.addEventListener("message", function (event) {
    frames.forEach(function (frame) {
      var height = Number(event.data && event.data.height);
      if (event.source !== frame.contentWindow || !(height > 0)) { return; }
      var drawing = frame.parentNode.parentNode;
      var legend = drawing.nextElementSibling;
      frame.style.height = Math.min(height, 6000) + "px";
      drawing.querySelector(".static").classList.add("replaced");
      if (legend && legend.className === "legend") { legend.classList.add("replaced"); }
    });
  });

  // The library is text until the first chart comes near: the page itself opens at once.
  var library = document.getElementById("chart-library");
  var loading = null;
  function load() {
    loading = loading || unpack(library.textContent).then(function (file) {
      return file.text();
    }).then(function (code) {
      var script = document.createElement("script");
      script.textContent = code;
      document.head.appendChild(script);
      return window.Plotly;
    });
    return loading;
  }

  function draw(drawing) {
    var place = drawing.querySelector(".live");
    var still = drawing.querySelector(".static");
    var chart = JSON.parse(drawing.querySelector('script[type="application/json"]').textContent);
    load().then(function (plotly) {
      chart.layout.height = chart.layout.height
        || Math.max(280, still.getBoundingClientRect().height);
      place.style.minHeight = chart.layout.height + "px";
      place.hidden = false;
      still.classList.add("replaced");
      return plotly.newPlot(place, chart.data, chart.layout, chart.config);
    }).catch(function () {
      place.hidden = true;
      still.classList.remove("replaced");
    });
  }

  var watcher = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) { return; }
      watcher.unobserve(entry.target);
      if (entry.target.querySelector(".explorer")) {
        mount(entry.target);
      } else {
        draw(entry.target);
      }
    });
  }, { rootMargin: "300px 0px" });
  document.querySelectorAll(".live, .explorer").forEach(function (place) {
    watcher.observe(place.parentNode);
  });
})();
