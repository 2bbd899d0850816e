(function () {
  "use strict";

  // Without this script the page lists every report; with it the list can be narrowed down.
  var filters = document.querySelector(".filters");
  if (!filters) { return; }
  var input = document.getElementById("words");
  var chosen = Array.prototype.slice.call(filters.querySelectorAll("select"));
  var reports = Array.prototype.slice.call(document.querySelectorAll(".reports > li"));
  var found = filters.querySelector(".found");

  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }

  function fits(report, words) {
    return words.every(function (word) { return report.dataset.words.indexOf(word) >= 0; })
      && chosen.every(function (select) {
        var name = select.dataset.by;
        var own = report.dataset[name];
        var several = name === "languages" || name === "days";
        return select.value === "*"
          || (several ? own.split(" ").indexOf(select.value) >= 0 : own === select.value);
      });
  }

  function narrow() {
    var words = fold(input.value).split(/\s+/).filter(Boolean);
    var shown = 0;
    reports.forEach(function (report) {
      report.hidden = !fits(report, words);
      shown += report.hidden ? 0 : 1;
    });
    document.querySelectorAll(".country").forEach(function (country) {
      country.hidden = !country.querySelector(".reports > li:not([hidden])");
    });
    found.textContent = found.dataset.words
      .replace("{shown}", shown).replace("{total}", reports.length);
  }

  filters.hidden = false;
  filters.addEventListener("input", narrow);
  narrow();
})();
