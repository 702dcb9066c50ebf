// 红扁担: what makes a complete page a little more convenient. Everything here
// may be missing.
(function () {
  "use strict";
  var doc = document;

  // The size of type, remembered.
  var big = doc.getElementById("size-big");
  function stored() { try { return localStorage.getItem("size"); } catch (e) { return null; } }
  function store(v) { try { localStorage.setItem("size", v); } catch (e) { /* private window */ } }
  if (big) {
    var show = function () { big.checked = stored() === "big"; };
    show();
    big.addEventListener("change", function () { store("big"); });
    big.form.addEventListener("reset", function () { store("std"); });
    // A page from the back-forward cache shows what was chosen since.
    addEventListener("pageshow", function (e) { if (e.persisted) show(); });
  }

  // The filter of long lists: shows the items that contain all the words.
  var box = doc.querySelector("[data-filter]"), list = doc.querySelector("[data-list]");
  if (box && list) {
    var input = box.querySelector("input"), status = box.querySelector("[role=status]");
    var items = [].slice.call(list.querySelectorAll("li"));
    var groups = [].slice.call(list.querySelectorAll("[data-group]"));
    var texts = items.map(function (li) { return li.textContent.toLowerCase(); });
    var heads = items.map(function (li) {
      var g = li.closest("[data-group]"), h = g && g.querySelector("h2");
      return h ? h.textContent.toLowerCase() : "";
    });
    var filter = function () {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean), n = 0;
      items.forEach(function (li, i) {
        var hit = words.every(function (w) { return texts[i].indexOf(w) >= 0 || heads[i].indexOf(w) >= 0; });
        li.hidden = !hit;
        if (hit) n++;
      });
      groups.forEach(function (g) { g.hidden = words.length > 0 && !g.querySelector("li:not([hidden])"); });
      status.textContent = !words.length ? "" : n ? "找到 " + n + " 条" : "没有找到，换个说法，或者少输几个字";
    };
    box.hidden = false;
    input.addEventListener("input", filter);
    if (input.value) filter();
  }

  // Printing: the button, and everything that is folded up.
  var button = doc.querySelector("[data-print]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", function () { print(); });
  }
  var opened = [];
  addEventListener("beforeprint", function () {
    opened = [].slice.call(doc.querySelectorAll("main details:not([open])"));
    opened.forEach(function (d) { d.open = true; });
  });
  addEventListener("afterprint", function () {
    opened.forEach(function (d) { d.open = false; });
  });
})();
