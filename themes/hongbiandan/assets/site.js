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
      var text = "";
      for (var g = li.closest("[data-group]"); g; g = g.parentElement.closest("[data-group]")) {
        var h = g.querySelector("h2,h3");
        if (h) text += h.textContent.toLowerCase();
      }
      return text;
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

  // The slip of an order: what was chosen and written becomes a text to copy, print or
  // send. It leaves the page only by the hand of who wrote it.
  var slip = doc.querySelector("[data-slip]");
  if (slip) {
    var out = doc.querySelector("[data-slip-out]"), text = out.querySelector("[data-slip-text]"), said = out.querySelector("[data-slip-status]");
    var compose = function () {
      var o = slip.offer.selectedOptions[0], c = slip.community.selectedOptions[0], lines = [];
      out.hidden = !slip.offer.value;
      if (out.hidden) return;
      lines.push("点单：" + o.textContent + "（" + o.getAttribute("data-by") + "，电话 " + o.getAttribute("data-phone") + "）");
      if (slip.community.value) lines.push("社区：" + c.textContent + (c.getAttribute("data-phone") ? "，电话 " + c.getAttribute("data-phone") : ""));
      if (slip.want.value.trim()) lines.push("要求：" + slip.want.value.trim().replace(/\s+/g, " "));
      if (slip.day.value) lines.push("哪天方便：" + slip.day.value);
      text.textContent = lines.join("\n");
      said.textContent = "";
      out.querySelector("[data-slip-sms]").href = "sms:?&body=" + encodeURIComponent(text.textContent);
    };
    var choose = function () {
      var offer = doc.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (offer && slip.offer.contains(offer)) slip.offer.value = offer.value;
      compose();
    };
    slip.addEventListener("input", compose);
    slip.addEventListener("change", compose);
    slip.addEventListener("submit", function (e) { e.preventDefault(); });
    addEventListener("hashchange", choose);
    out.querySelector("[data-slip-print]").addEventListener("click", function () { print(); });
    out.querySelector("[data-slip-copy]").addEventListener("click", function () {
      var done = function () { said.textContent = "复制好了，可以粘贴到微信或者短信里"; };
      var byHand = function () {
        var range = doc.createRange();
        range.selectNodeContents(text);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        said.textContent = "请按住选中的文字复制";
        try { if (doc.execCommand("copy")) done(); } catch (e) { /* by hand, then */ }
      };
      if (navigator.clipboard && isSecureContext) navigator.clipboard.writeText(text.textContent).then(done, byHand);
      else byHand();
    });
    choose();
  }

  // Pages without network: they are kept where the site is served, and one that was kept
  // does not show as going on what has ended since.
  var worker = doc.currentScript && doc.currentScript.getAttribute("data-worker");
  if (worker && navigator.serviceWorker) {
    addEventListener("load", function () { navigator.serviceWorker.register(worker).catch(function () { /* pages with network, then */ }); });
  }
  if (doc.querySelector(".stored")) {
    var d = new Date(), day = d.getFullYear() + "-" + ("0" + (d.getMonth() + 1)).slice(-2) + "-" + ("0" + d.getDate()).slice(-2);
    [].forEach.call(doc.querySelectorAll(".nrow[data-until], .period[data-until]"), function (e) {
      if (e.getAttribute("data-until") >= day) return;
      e.className = e.className.replace("is-current", "is-ended");
      e.querySelector(".nrow-left strong, .period-left").textContent = "已结束";
    });
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
