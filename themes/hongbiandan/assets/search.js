// Finds what readers look for in the index that generator/search makes: see there. It
// loads the shards of the characters that were typed, as scripts, so that it works from a
// disk, too; then what is shown of the first hits; then the pages themselves, to verify.
(function () {
  "use strict";
  var doc = document, form = doc.querySelector("[data-search]");
  if (!form || !String.prototype.normalize) return;
  var num = function (name) { return +form.getAttribute("data-" + name); };
  var limit = num("limit"), records = num("records"), bits = num("bits"), blockDocs = num("block");
  var at = form.getAttribute("data-at"), root = form.getAttribute("data-root"), version = form.getAttribute("data-version");
  var kinds = form.getAttribute("data-kinds").split(";");
  var status = doc.querySelector("[data-status]"), list = doc.querySelector("[data-hits]"), more = doc.querySelector("[data-more]"), input = form.elements.q;
  var GRAM = 26, TEXT = 1, WHOLE = 2, INITIALS = 3, PINYIN = 4, SHOWN = 10;

  // Normal is a text as it is compared: see generator/search/normal.go.
  var letters;
  try { letters = new RegExp("[\\p{L}\\p{N}]", "u"); } catch (e) { letters = /[0-9a-z\u00aa-\u1fff\u2c00-\u2dff\u3005-\u3007\u3021-\ud7ff\uf900-\ufdff\ufe70-\ufefc]/; }
  var normal = function (text) {
    var out = [];
    text.normalize("NFKD").toLowerCase().replace(/[\ud800-\udbff][\udc00-\udfff]|[\s\S]/g, function (c) {
      if (letters.test(c)) out.push(c === "〇" ? "零" : c);
    });
    return out;
  };
  var code = function (c) { return c.codePointAt ? c.codePointAt(0) : c.charCodeAt(0); };
  var hash = function (field, chars) {
    var h = Math.imul(field, 0x9E3779B1);
    for (var i = 0; i < chars.length; i++) {
      h = Math.imul(h ^ code(chars[i]), 0x9E3779B1);
      h ^= h >>> 15;
    }
    h = Math.imul(h, 0x85EBCA77);
    h ^= h >>> 13;
    h = Math.imul(h, 0xC2B2AE3D);
    h ^= h >>> 16;
    return h >>> (32 - GRAM);
  };
  var latin = function (c) { return c < "\x80"; };
  // tiles are the fewest grams that cover the characters.
  var tiles = function (field, chars) {
    var all = [], n = chars.length, i = 0;
    var size = function (i) { return i + 2 < n && latin(chars[i]) && latin(chars[i + 1]) && latin(chars[i + 2]) ? 3 : Math.min(2, n - i); };
    while (i < n) {
      var s = size(i);
      if (s === 1 && n > 1) { i--; s = 2; }
      all.push(hash(field, chars.slice(i, i + s)));
      i += s;
    }
    return all;
  };

  // threes are the grams of what is typed without Chinese.
  var threes = function (field, chars) {
    for (var all = [], n = chars.length, i = 0; i + 3 < n; i += 3) all.push(hash(field, chars.slice(i, i + 3)));
    all.push(hash(field, chars.slice(Math.max(0, n - 3))));
    return all;
  };

  // Files of the index come each once: docs as scripts, shards as bytes, and as scripts, too,
  // where links name files, as the site may be read from a disk.
  var files = {}, folderFile = form.getAttribute("data-file");
  var load = function (kind, name) {
    var key = kind + name, bytes = kind === "s" && !folderFile;
    if (!files[key]) files[key] = new Promise(function (resolve, reject) {
      var failed = function () { delete files[key]; reject(); };
      var url = at + kind + "/" + name + (bytes ? ".bin?v=" : ".js?v=") + version;
      if (bytes) {
        var x = new XMLHttpRequest();
        x.open("GET", url);
        x.responseType = "arraybuffer";
        x.onload = function () {
          var page = /html/.test(x.getResponseHeader("Content-Type")); // some servers have one for whatever they lack
          x.status === 200 && !page ? resolve(new Uint8Array(x.response)) : failed();
        };
        x.onerror = failed;
        x.send();
        return;
      }
      var s = doc.createElement("script");
      s.src = url;
      s.onload = function () { got[key] === undefined ? failed() : resolve(got[key]); };
      s.onerror = failed;
      doc.head.appendChild(s);
    });
    return files[key];
  };
  var got = {};
  var shardName = function (i) { return ("000" + i.toString(16)).slice(-4); };
  window.biandan = {
    s: function (i, text) {
      var chars = atob(text), bytes = got["s" + shardName(i)] = new Uint8Array(chars.length);
      for (var n = 0; n < chars.length; n++) bytes[n] = chars.charCodeAt(n);
    },
    d: function (i, docs) {
      got["d" + i] = docs.map(function (d) { return { t: d[0], u: d[1], k: kinds[d[2]], d: d[3], n: d[4], p: d[5], f: d[6], e: d[7], o: d.slice(8) }; });
    }
  };

  // Reader reads the bits of a shard.
  var Reader = function (bytes) { this.bytes = bytes; this.next = 0; this.held = 0; this.n = 0; };
  Reader.prototype = {
    bit: function () {
      if (!this.n) {
        if (this.next >= this.bytes.length) throw new Error("no shard"); // it was cut short
        this.held = this.bytes[this.next++];
        this.n = 8;
      }
      return this.held >> --this.n & 1;
    },
    bits: function (n) { for (var v = 0; n > 0; n--) v = v * 2 + this.bit(); return v; },
    gamma: function () { var n = 0; while (!this.bit()) n++; return Math.pow(2, n) + this.bits(n); },
    // below reads a number below r.
    below: function (r) {
      for (var n = 0; Math.pow(2, n) < r;) n++;
      var short = Math.pow(2, n) - r, v = n ? this.bits(n - 1) : 0;
      return n && v >= short ? v * 2 + this.bit() - short : v;
    },
    // between reads n numbers from one on and below another: first the one in the middle.
    between: function (n, from, to, list) {
      if (n === to - from) while (n--) list.push(from++);
      else if (n) {
        var m = n >> 1, v = from + m + this.below(to - from - n + 1);
        this.between(m, from, v, list).push(v);
        this.between(n - 1 - m, v + 1, to, list);
      }
      return list;
    },
    ascending: function (n, below) { return this.between(n, 0, below, []); }
  };
  // look finds a gram in its shard: which docs hold it, in the title, in a heading.
  var look = function (bytes, gram) {
    var r = new Reader(bytes), below = Math.pow(2, GRAM - bits), grams = r.ascending(r.gamma() - 1, below);
    for (var i = 0, last = grams.indexOf(gram & (below - 1)); i <= last; i++) {
      var found = { text: r.ascending(r.gamma(), limit), title: [], heading: [] };
      if (r.bit()) {
        var pick = function (i) { return found.text[i]; };
        found.title = r.ascending(r.gamma() - 1, found.text.length).map(pick);
        found.heading = r.ascending(r.gamma() - 1, found.text.length).map(pick);
      }
      if (i === last) return found;
    }
    return { text: [], title: [], heading: [] };
  };
  var both = function (a, b) {
    var has = {};
    b.forEach(function (x) { has[x] = true; });
    return a.filter(function (x) { return has[x]; });
  };
  // lookAll finds the docs that hold all grams.
  var lookAll = function (grams) {
    return Promise.all(grams.map(function (g) {
      return load("s", shardName(g >>> (GRAM - bits))).then(function (bytes) { return look(bytes, g); });
    })).then(function (all) {
      return all.reduce(function (x, y) {
        return { text: both(x.text, y.text), title: both(x.title, y.title), heading: both(x.heading.concat(x.title), y.heading.concat(y.title)) };
      });
    });
  };

  // search returns the numbers of docs, the best first.
  var search = function (terms) {
    var asked = terms.map(function (chars) { return lookAll(tiles(TEXT, chars)); }), whole = [].concat.apply([], terms);
    var typed = whole.every(function (c) { return c >= "a" && c <= "z" || c >= "0" && c <= "9"; }) && whole.length > 1;
    var none = Promise.resolve({ text: [] });
    asked.push(whole.length <= 40 ? lookAll([hash(WHOLE, whole)]) : none, typed ? lookAll(threes(INITIALS, whole)) : none, typed && whole.length > 2 ? lookAll(threes(PINYIN, whole)) : none);
    return Promise.all(asked).then(function (all) {
      var pinyin = all.pop(), initials = all.pop(), exact = all.pop();
      var in_ = function (field) { return all.map(function (x) { return x[field]; }).reduce(both); };
      var order = function (x) { return x < records ? x - 1e9 : -x; };
      var seen = {}, found = [];
      [exact.text, in_("title"), initials.text.concat(pinyin.text), in_("heading"), in_("text")].forEach(function (tier, t) {
        tier.slice().sort(function (a, b) { return order(a) - order(b); }).forEach(function (d) {
          if (!seen[d]) { seen[d] = true; found.push({ doc: d, tier: t }); }
        });
      });
      return found;
    });
  };

  var el = function (name, cls, text) {
    var e = doc.createElement(name);
    if (cls) e.className = cls;
    if (text) e.textContent = text;
    return e;
  };
  // days from today to a day of the calendar.
  var days = function (iso) {
    var p = iso.split("-"), now = new Date();
    return Math.round((Date.UTC(+p[0], p[1] - 1, +p[2]) - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / 864e5);
  };
  var when = function (h) {
    if (!h.e) return "";
    var from = h.f ? days(h.f) : 0, left = days(h.e);
    if (left < 0) return "已经结束";
    if (from > 0) return "还没有开始";
    return left ? "还有 " + left + " 天" : "今天最后一天";
  };
  var show = function (h) {
    var item = el("li", "hit"), head = el("p", "hit-head"), a = el("a", "", h.t);
    a.href = root + h.u.replace(/(^|\/)(#|$)/, "$1" + folderFile + "$2");
    head.appendChild(el("span", "tag", h.k));
    head.appendChild(a);
    item.appendChild(head);
    var facts = [h.n, h.d && h.d !== h.f ? h.d : "", when(h)].filter(Boolean).join(" · ");
    if (facts) item.appendChild(el("p", "hit-facts", facts));
    if (h.o.length) { // whether it is open says the script of all pages
      var open = el("p", "opening");
      ["open", "other", "from", "until"].forEach(function (name, i) { open.setAttribute("data-" + name, h.o[i]); });
      open.appendChild(el("span", "dot")).setAttribute("aria-hidden", "true");
      open.appendChild(el("span", "", "今天开不开，请打电话问"));
      item.appendChild(open);
    }
    if (h.p) {
      var tel = el("a", "phone", h.p);
      tel.href = "tel:" + h.p;
      item.appendChild(tel);
    }
    list.appendChild(item);
    return { item: item, link: a };
  };

  // The pages are read to verify a hit and to cut what stands around it.
  var pages = {};
  var page = function (url) {
    url = url.replace(/#.*/, "");
    if (!pages[url]) pages[url] = fetch(url).then(function (r) { if (!r.ok) throw r; return r.text(); }).then(function (html) {
      var main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
      return main ? main.textContent.replace(/\s+/g, " ") : "";
    });
    return pages[url];
  };
  // places are where a term stands in a text, which is compared without what is skipped.
  var place = function (text, term) {
    var chars = [], from = [];
    for (var i = 0; i < text.length; i++) normal(text[i]).forEach(function (c) { chars.push(c); from.push(i); });
    var i0 = chars.join("\0").indexOf(term.join("\0"));
    if (i0 < 0) return null;
    for (var n = 0, j = 0; j < i0; j += chars[n].length + 1) n++;
    return [from[n], from[n + term.length - 1] + 1];
  };
  var excerpt = function (text, at) {
    var p = el("p", "hit-text"), from = Math.max(0, at[0] - 24), to = Math.min(text.length, at[1] + 48);
    p.appendChild(doc.createTextNode((from ? "…" : "") + text.slice(from, at[0])));
    p.appendChild(el("mark", "", text.slice(at[0], at[1])));
    p.appendChild(doc.createTextNode(text.slice(at[1], to) + (to < text.length ? "…" : "")));
    return p;
  };
  // verify resolves to false when the page does not hold what was looked for.
  var verify = function (shown, h, tier, terms) {
    if (tier < 3 && terms.every(function (t) { return place(h.t, t); })) return Promise.resolve(true);
    if (terms.every(function (t) { return t.every(latin); }) && (tier === 0 || tier === 2)) return Promise.resolve(true); // by pinyin
    return page(shown.link.href).then(function (text) {
      var at = terms.map(function (t) { return place(text, t); });
      if (!at.every(Boolean)) return !terms.every(function (t) { return place(text + " " + h.t + " " + (h.w || ""), t); }) ? false : true;
      shown.item.appendChild(excerpt(text, at[0]));
      return true;
    }, function () { return true; }); // it cannot be read: from a disk, or without a network
  };

  var turn = 0;
  var run = function () {
    var words = input.value.split(/\s+/).map(normal).filter(function (w) { return w.length; }), mine = ++turn;
    list.innerHTML = "";
    more.hidden = true;
    if (!words.length) { status.textContent = ""; return; }
    list.setAttribute("aria-busy", "true");
    status.textContent = "正在找……";
    search(words).then(function (found) {
      if (mine !== turn) return;
      var next = 0, wrong = 0, waiting = 0;
      var say = function () {
        var n = found.length - wrong;
        status.textContent = n ? (next < found.length ? "找到约 " : "找到 ") + n + " 条" : "没有找到。换几个字试试，或者到下面按栏目找。";
        more.hidden = next >= found.length;
        if (!waiting) list.setAttribute("aria-busy", "false");
      };
      var step = function (first) {
        var part = found.slice(next, next + SHOWN);
        next += part.length;
        var blocks = {};
        part.forEach(function (f) { blocks[Math.floor(f.doc / blockDocs)] = true; });
        return Promise.all(Object.keys(blocks).map(function (b) { return load("d", b).then(function (docs) { blocks[b] = docs; }); })).then(function () {
          if (mine !== turn) return;
          var entries = part.map(function (f) { return { hit: blocks[Math.floor(f.doc / blockDocs)][f.doc % blockDocs], tier: f.tier }; });
          var over = function (e) { return when(e.hit) === "已经结束" ? 1 : 0; };
          entries.map(function (e, i) { return [e, i]; }).sort(function (x, y) { return x[0].tier - y[0].tier || over(x[0]) - over(y[0]) || x[1] - y[1]; }).forEach(function (x, i) {
            var shown = show(x[0].hit);
            if (!first && !i) shown.link.focus();
            waiting++;
            verify(shown, x[0].hit, x[0].tier, words).then(function (ok) {
              if (mine !== turn) return;
              waiting--;
              if (!ok) { list.removeChild(shown.item); wrong++; }
              if (!waiting && !list.children.length && next < found.length) step(first); else say();
            });
          });
          dispatchEvent(new Event("pageshow"));
          say();
        });
      };
      more.firstChild.onclick = function () { step(false); };
      return step(true);
    }).catch(function () { if (mine === turn) status.textContent = "没有读到索引，过一会儿再试；或者到下面按栏目找。"; list.setAttribute("aria-busy", "false"); });
  };
  form.addEventListener("submit", function (e) {
    e.preventDefault();
    if (history.replaceState) try { history.replaceState(null, "", "?q=" + encodeURIComponent(input.value)); } catch (x) { /* from a disk */ }
    run();
  });
  var asked = /[?&]q=([^&]*)/.exec(location.search);
  if (asked) input.value = decodeURIComponent(asked[1].replace(/\+/g, " "));
  if (input.value) run();
})();
