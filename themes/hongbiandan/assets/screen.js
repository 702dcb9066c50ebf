// 红扁担: the screen of a station. It turns the sheets of the wall by itself;
// without it the page is the sheets one below the other. With #print in the
// address it stays so, and the page is one print job.
(function () {
  "use strict";
  var doc = document, root = doc.querySelector(".screen"), bar = doc.querySelector(".turner");
  if (!root || !bar) return;
  addEventListener("hashchange", function () { location.reload(); });
  if (location.hash === "#print") return;

  var views = [], now = 0, timer = 0, rest = 0, idle = false, seconds = +root.getAttribute("data-seconds") || 20;
  var still = matchMedia("(prefers-reduced-motion: reduce)").matches, paused = still;
  var at = bar.querySelector("[data-at]"), state = bar.querySelector("[data-state]"), pause = bar.querySelector("[data-pause]");

  function day() {
    var d = new Date(), two = function (n) { return (n < 10 ? "0" : "") + n; };
    return d.getFullYear() + "-" + two(d.getMonth() + 1) + "-" + two(d.getDate());
  }

  // The sheets that are valid today; a stick may be older than that.
  function sheets() {
    var all = [], valid = [], today = day();
    [].forEach.call(root.querySelectorAll(".hung"), function (hung) {
      var until = hung.getAttribute("data-until"), slides = hung.querySelectorAll(".slides .sheet");
      [].forEach.call(slides.length ? slides : hung.querySelectorAll(".sheet"), function (el) {
        var sheet = { el: el, w: el.offsetWidth, h: el.offsetHeight };
        all.push(sheet);
        if (!until || until >= today) valid.push(sheet);
      });
    });
    return valid.length ? valid : all;
  }

  // As many side by side as there is room for at the full height.
  function arrange() {
    var W = innerWidth, H = innerHeight - (idle ? 0 : bar.offsetHeight), list = sheets(), first = views[now] && views[now][0];
    views = [];
    for (var i = 0; i < list.length;) {
      var view = [], used = 0;
      do {
        var p = list[i];
        p.s = Math.min(H / p.h, W / p.w);
        if (view.length && used + p.w * p.s > W) break;
        used += p.w * p.s + 16;
        view.push(p);
      } while (++i < list.length);
      var x = (W - used + 16) / 2;
      view.forEach(function (p) {
        p.x = x;
        p.top = (H - p.h * p.s) / 2;
        x += p.w * p.s + 16;
      });
      view.first = i - view.length + 1;
      view.all = list.length;
      views.push(view);
    }
    now = 0;
    views.forEach(function (v, n) { if (first && v.some(function (p) { return p.el === first.el; })) now = n; });
  }

  function show() {
    clearTimeout(timer);
    if (!views.length) return;
    [].forEach.call(root.querySelectorAll(".is-on"), function (el) { el.classList.remove("is-on"); });
    var v = views[now], last = v.first + v.length - 1;
    v.forEach(function (p) {
      var st = p.el.style;
      st.setProperty("--at-x", p.x + "px");
      st.setProperty("--at-y", p.top + "px");
      st.setProperty("--at-scale", p.s);
      p.el.classList.add("is-on");
    });
    at.textContent = "第 " + v.first + (last > v.first ? "—" + last : "") + " 张，共 " + v.all + " 张";
    state.textContent = paused ? "已暂停，按空格继续" : "";
    pause.textContent = paused ? "继续" : "暂停";
    pause.setAttribute("aria-pressed", paused);
    if (!paused && views.length > 1) timer = setTimeout(function () { go(1); }, seconds * 1000 * v.length);
  }

  function go(n) {
    now = (now + n + views.length) % views.length;
    if (now === 0 && n > 0) arrange(); // a day may have ended
    show();
  }
  function toggle() { paused = !paused; show(); }
  function full() {
    if (doc.fullscreenElement) doc.exitFullscreen(); else doc.documentElement.requestFullscreen().catch(function () {});
  }

  // The bar goes when nobody has touched anything for a while.
  function awake() {
    clearTimeout(rest);
    rest = setTimeout(function () { hide(!paused); }, 5000);
    hide(false);
  }
  function hide(yes) {
    if (yes === idle) return;
    idle = yes;
    bar.classList.toggle("is-idle", idle);
    arrange();
    show();
  }

  doc.documentElement.classList.add("turning");
  bar.hidden = false;
  bar.querySelector("[data-prev]").addEventListener("click", function () { go(-1); });
  bar.querySelector("[data-next]").addEventListener("click", function () { go(1); });
  pause.addEventListener("click", toggle);
  var big = bar.querySelector("[data-full]");
  if (doc.fullscreenEnabled) big.addEventListener("click", full); else big.hidden = true;
  addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    if (e.key === "ArrowRight" || e.key === "ArrowDown" || e.key === "PageDown") go(1);
    else if (e.key === "ArrowLeft" || e.key === "ArrowUp" || e.key === "PageUp") go(-1);
    else if (e.key === " " && e.target.tagName !== "BUTTON") toggle();
    else return;
    e.preventDefault();
  });
  ["pointermove", "pointerdown", "keydown", "focusin"].forEach(function (kind) { addEventListener(kind, awake); });
  awake();
  addEventListener("resize", function () { arrange(); show(); });
  addEventListener("load", function () { arrange(); show(); });
  arrange();
  show();

  // Where the site is served, look now and then whether this page has changed;
  // a server answers that it has not in a few bytes. Without a network nothing
  // happens, and the sheets go on turning.
  if (!/^http/.test(location.protocol) || !self.fetch) return;
  var here = location.href.split("#")[0], known = "";
  function look() {
    fetch(here, { cache: "no-cache" }).then(function (r) { return r.ok ? r.text() : ""; }).then(function (text) {
      if (text.indexOf("data-seconds=") < 0) return; // not this page: some network's own
      if (known && text !== known) location.reload();
      known = text;
    }).catch(function () {});
  }
  look();
  setInterval(look, 1000 * (+root.getAttribute("data-look") || 300));
})();
