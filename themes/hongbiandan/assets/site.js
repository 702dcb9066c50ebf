// 红扁担: what makes a complete page a little more convenient. Everything here
// may be missing.
(function () {
  "use strict";
  var doc = document;

  // The size of type and the contrast, remembered.
  var big = doc.getElementById("size-big"), contrast = doc.querySelector("[data-contrast]");
  var stored = function (name) { try { return localStorage.getItem(name); } catch (e) { return null; } };
  var store = function (name, v) { try { localStorage.setItem(name, v); } catch (e) { /* private window */ } };
  if (big) {
    var show = function () {
      var high = stored("contrast") === "high";
      big.checked = stored("size") === "big";
      doc.documentElement.classList.toggle("high", high);
      contrast.setAttribute("aria-pressed", high);
    };
    show();
    contrast.hidden = false;
    contrast.addEventListener("click", function () {
      store("contrast", contrast.getAttribute("aria-pressed") === "true" ? "" : "high");
      show();
    });
    big.addEventListener("change", function () { store("size", "big"); });
    big.form.addEventListener("reset", function () { store("size", "std"); });
    // A page from the back-forward cache shows what was chosen since.
    addEventListener("pageshow", function (e) { if (e.persisted) show(); });
  }

  // Reading aloud what stands in an article, a part after the other.
  var reader = doc.querySelector("[data-read]"), article = doc.querySelector("main article"), voice = window.speechSynthesis;
  if (reader && article && voice && window.SpeechSynthesisUtterance) {
    var reading = false;
    var stop = function () {
      reading = false;
      voice.cancel();
      reader.textContent = "读给我听";
    };
    reader.hidden = false;
    reader.addEventListener("click", function () {
      if (reading) return stop();
      var parts = [].filter.call(article.querySelectorAll("h1,h2,h3,h4,p,li,dt,dd,th,td"), function (e) {
        return e.offsetParent && !e.querySelector("p,li,dt") && !e.closest("nav,.no-print,.sr");
      });
      reading = true;
      reader.textContent = "停下";
      parts.forEach(function (e, i) {
        var u = new SpeechSynthesisUtterance(e.textContent);
        u.lang = "zh-CN";
        if (i === parts.length - 1) u.onend = stop;
        voice.speak(u);
      });
    });
    addEventListener("pagehide", stop);
  } else if (reader && article) reader.remove();

  // A wide screen has room for what a phone folds up.
  if (matchMedia("(min-width: 60em)").matches) [].forEach.call(doc.querySelectorAll("details[data-wide]"), function (d) { d.open = true; });

  // The filter of long lists: shows the items that contain all the words.
  var box = doc.querySelector("[data-filter]"), list = doc.querySelector("[data-list]");
  if (box && list) {
    var input = box.querySelector("input"), status = box.querySelector("[role=status]");
    var items = [].slice.call(list.querySelectorAll("li"));
    var groups = [].slice.call(list.querySelectorAll("[data-group]")), folds = [].slice.call(list.querySelectorAll("details"));
    var open = folds.map(function (d) { return d.open; }); // without a word
    var texts = items.map(function (li) { return (li.textContent + " " + (li.getAttribute("data-words") || "")).toLowerCase(); });
    var heads = items.map(function (li) {
      var text = "";
      for (var g = li.parentElement.closest("[data-group]"); g; g = g.parentElement.closest("[data-group]")) {
        var h = g.querySelector("h2,h3,summary");
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
      // What is folded up unfolds when little is left: a look is enough then.
      folds.forEach(function (d, i) { d.open = words.length ? n < 40 && !d.closest("[hidden]") : open[i]; });
      status.textContent = !words.length ? "" : n ? "找到 " + n + " 条" : "没有找到，换个说法，或者少输几个字";
    };
    box.hidden = false;
    input.addEventListener("input", filter);
    if (input.value) filter();
  }

  // The nearest stations. The position is asked for when the button is pressed, and
  // stays in the page.
  var near = doc.querySelector("[data-near]");
  if (near && navigator.geolocation && isSecureContext) {
    near.hidden = false;
    near.querySelector("button").addEventListener("click", function () {
      var told = near.querySelector("[role=status]"), found = near.querySelector("ol");
      told.textContent = "正在找……";
      navigator.geolocation.getCurrentPosition(function (at) {
        var rad = Math.PI / 180, seen = {}, all = [];
        [].forEach.call(doc.querySelectorAll("[data-position]"), function (a) {
          var to = a.getAttribute("data-position").split(","), c = at.coords;
          var x = (to[1] - c.longitude) * Math.cos(c.latitude * rad), y = to[0] - c.latitude;
          if (!seen[a.href]) all.push({ a: a, metres: Math.sqrt(x * x + y * y) * 111320 });
          seen[a.href] = true;
        });
        all.sort(function (x, y) { return x.metres - y.metres; });
        found.textContent = "";
        all.slice(0, 3).forEach(function (s) {
          var li = doc.createElement("li"), box = s.a.parentElement.parentElement, phone = box.querySelector(".phone"), open = box.querySelector(".opening");
          li.appendChild(s.a.cloneNode(true)).removeAttribute("data-position");
          li.appendChild(doc.createElement("p")).textContent = "约 " + (s.metres < 950 ? Math.max(1, Math.round(s.metres / 50)) * 50 + " 米" : (s.metres / 1000).toFixed(1) + " 公里");
          if (open) li.appendChild(open.cloneNode(true));
          if (phone) li.appendChild(phone.cloneNode(true));
          found.appendChild(li);
        });
        told.textContent = "离您最近的（直线距离）：";
      }, function () { told.textContent = "没有得到位置。请按小区名找。"; }, { timeout: 15000, maximumAge: 600000 });
    });
  } else if (near) near.remove();

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

  // Who follows a link to another site is asked first, in the words that are usual.
  doc.addEventListener("click", function (e) {
    var a = e.target.closest && e.target.closest('a[rel~="external"]'), name = doc.querySelector("meta[name=SiteName]");
    if (a && name && !confirm("您访问的链接即将离开“" + name.content + "”，是否继续？")) e.preventDefault();
  });
  // What is true while the page is read: it may have been made some days ago. Days are
  // those of China, whatever the device's zone; where the device's clock stands before the
  // day of the page, the page knows better.
  var DAY = 864e5, now, minute;
  var each = function (q, f) { [].forEach.call(doc.querySelectorAll(q), f); };
  var plus = function (d, n) { return new Date(Date.parse(d) + n * DAY).toISOString().slice(0, 10); };
  var ahead = function (d) { return Math.round((Date.parse(d) - Date.parse(now)) / DAY); };
  var called = function (d) { return ["今天", "明天", "后天"][ahead(d)] || +d.slice(5, 7) + "月" + +d.slice(8) + "日"; };

  // A station: its hours by weekday, and the days that differ. What lies after the last
  // known day is not guessed.
  var opening = function (el) {
    var get = function (name) { return el.getAttribute("data-" + name) || ""; };
    if (now < get("from")) return;
    var week = [], other = {};
    get("open").split(";").forEach(function (h, i) { week[i] = h === "=" ? week[i - 1] : h; });
    get("other").split(";").forEach(function (x) { other[x.slice(0, 10)] = x.slice(11).split("|"); });
    var on = function (d) {
      if (d > get("until")) return null;
      return other[d] || [week[(new Date(d).getUTCDay() + 6) % 7], ""];
    };
    var today = on(now), open = false, text = "今天开不开，请打电话问";
    if (today) {
      var spans = today[0] ? today[0].split("、") : [], next = "";
      text = !spans.length ? "今天不开放" + (today[1] && "：" + today[1]) : minute < spans[0].slice(0, 5) ? "还没开门" : "现在没开";
      spans.forEach(function (s) {
        if (s.slice(0, 5) <= minute && minute < s.slice(6)) { open = true; text = "现在开着，到 " + s.slice(6); }
        if (minute < s.slice(0, 5)) next = next || s.slice(0, 5);
      });
      if (!open && spans.length && !next) text = "今天已经关门";
      for (var n = 1, day; !open && !next && n < 31 && (day = on(plus(now, n))); n++) {
        if (day[0]) next = called(plus(now, n)) + " " + day[0].slice(0, 5);
      }
      if (!open && next) text += "，" + next + " 开门";
    }
    el.lastElementChild.textContent = text;
    el.classList.toggle("is-open", open);
  };

  // A notice: the first and the last day of its period.
  var period = function (el) {
    var first = el.getAttribute("data-first"), last = el.getAttribute("data-last"), row = el.closest(".nrow,.period");
    var left = ahead(last), state = left < 0 ? "ended" : row.classList.contains("is-plain") ? "plain" : now < first ? "coming" : "current";
    el.textContent = left < 0 ? "已结束" : state === "coming" ? ahead(first) + " 天后开始" : left ? "还有 " + left + " 天" : "今天截止";
    row.className = row.className.replace(/is-\w+/, "is-" + state);
    if (row.closest("[data-current]")) row.hidden = left < 0;
  };

  // An activity: its day, and when on it.
  var activity = function (el) {
    var d = el.getAttribute("data-day"), end = el.getAttribute("data-time").slice(6), head = el.querySelector("h3,strong"), tag = el.querySelector("[data-when]");
    var over = d < now || d === now && end && end <= minute, word = over ? "已经过了" : ahead(d) < 3 ? called(d) : "";
    el.classList.toggle("is-past", !!over);
    if (!tag && word && head.textContent.indexOf("（取消）") < 0) {
      tag = doc.createElement("span");
      tag.className = "tag";
      tag.setAttribute("data-when", "");
      head.appendChild(doc.createTextNode(" "));
      head.appendChild(tag);
    }
    if (tag) tag.textContent = word;
    return over;
  };

  var live = function () {
    var t = new Date(Date.now() + 8 * 36e5).toISOString(), made = doc.querySelector("[data-asof]"), shown = 0;
    now = t.slice(0, 10);
    minute = t.slice(11, 16);
    each("[data-open]", opening);
    if (made && now < made.getAttribute("data-asof")) return;
    each("[data-last]", period);
    each("[data-day]", function (el) {
      var over = activity(el);
      if (el.closest(".acts-short")) el.hidden = over || ++shown > 3;
    });
    each("[data-asof]", function (el) { el.hidden = true; });
  };
  live();
  setInterval(live, 3e4);
  addEventListener("pageshow", live);
  // Pages without network: they are kept where the site is served.
  var worker = doc.currentScript && doc.currentScript.getAttribute("data-worker");
  if (worker && navigator.serviceWorker) {
    addEventListener("load", function () { navigator.serviceWorker.register(worker).catch(function () { /* pages with network, then */ }); });
  }

  // What an address names within the page unfolds: not all browsers do that.
  var unfold = function () {
    var named = null, folded = false;
    try { named = doc.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (e) { /* no name */ }
    for (var d = named; d; d = d.parentElement) if (d.tagName === "DETAILS" && !d.open) d.open = folded = true;
    if (folded) named.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();

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
