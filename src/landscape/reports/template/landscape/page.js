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

  var library = document.getElementById("chart-library");
  var places = document.querySelectorAll(".live");
  if (!library || !places.length || !window.IntersectionObserver) { return; }

  // The library is text until the first chart comes near: the page itself opens at once.
  function load() {
    if (window.Plotly) { return; }
    var script = document.createElement("script");
    script.textContent = library.textContent;
    document.head.appendChild(script);
  }

  function draw(place) {
    load();
    var drawing = place.parentNode;
    var still = drawing.querySelector(".static");
    var chart = JSON.parse(drawing.querySelector('script[type="application/json"]').textContent);
    var height = chart.layout.height || Math.max(280, still.getBoundingClientRect().height);
    chart.layout.height = height;
    place.style.minHeight = height + "px";
    place.hidden = false;
    still.classList.add("replaced");
    window.Plotly.newPlot(place, chart.data, chart.layout, chart.config).catch(function () {
      place.hidden = true;
      still.classList.remove("replaced");
    });
  }

  var watcher = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) { return; }
      watcher.unobserve(entry.target);
      draw(entry.target.querySelector(".live"));
    });
  }, { rootMargin: "300px 0px" });
  places.forEach(function (place) { watcher.observe(place.parentNode); });
})();
