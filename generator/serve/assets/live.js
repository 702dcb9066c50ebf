// Keeps an open page up to date while the site is edited.
(() => {
  const { page, key } = document.currentScript.dataset;
  let shown = key, seen = null;

  function listen(tell) {
    if (window.SharedWorker) {
      const worker = new SharedWorker("/_biandan/worker.js");
      worker.port.onmessage = e => tell(e.data);
      addEventListener("pagehide", () => worker.port.postMessage("bye"));
      return;
    }
    new EventSource("/_biandan/events").onmessage = e => tell(e.data);
  }

  const place = "biandan-scroll:" + location.pathname;
  const kept = sessionStorage.getItem(place);
  if (kept !== null) {
    sessionStorage.removeItem(place);
    scrollTo(0, +kept);
    addEventListener("load", () => scrollTo(0, +kept));
  }
  function reload() {
    sessionStorage.setItem(place, scrollY);
    location.reload();
  }

  // Swaps the style sheets when these are all that differs, else loads again.
  async function renew(was) {
    const text = await fetchPage();
    const next = new DOMParser().parseFromString(text, "text/html");
    const sheets = d => [...d.querySelectorAll("link[rel=stylesheet]")];
    const rest = d => {
      const copy = d.documentElement.cloneNode(true);
      copy.querySelectorAll("link[rel=stylesheet], script[src^='/_biandan/'], #biandan-overlay, #biandan-badge").forEach(e => e.remove());
      return copy.outerHTML;
    };
    const before = new DOMParser().parseFromString(await fetched, "text/html");
    // What was fetched may be newer than what is shown, after a change just then.
    const same = before.querySelector("script[data-page]")?.dataset.key === was;
    if (!same || rest(before) !== rest(next)) return reload();
    const fresh = sheets(next);
    sheets(document).forEach((old, i) => {
      if (!fresh[i] || old.getAttribute("href") === fresh[i].getAttribute("href")) return;
      const link = fresh[i].cloneNode();
      link.onload = () => old.remove();
      old.after(link);
    });
    fetched = text;
  }
  const fetchPage = async () => (await fetch(location.href, { cache: "no-store" })).text();
  let fetched = fetchPage();

  const style = "position:fixed;z-index:2147483647;font:16px/1.7 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;color:#1f1b16;background:#fff;";
  function element(tag, css, text) {
    const e = document.createElement(tag);
    e.style.cssText = css;
    if (text !== undefined) e.textContent = text;
    return e;
  }
  function card(f) {
    const box = element("section", "padding:16px 0;border-top:1px solid #e5ded3");
    box.append(element("p", "margin:0;color:#5b534a;font-size:14px", f.place + "　" + f.code));
    box.append(element("p", "margin:4px 0;font-weight:700;font-size:18px", (f.severity === "error" ? "错误：" : "警告：") + f.message));
    if (f.lines) {
      const pre = element("pre", "margin:8px 0;padding:8px 0;background:#fbf8f3;overflow:auto;font:14px/1.7 monospace");
      f.lines.forEach((line, i) => {
        const n = f.first + i;
        pre.append(element("div", "padding:0 12px;" + (n === f.line ? "background:#f6dcd9;border-left:4px solid #b71c1c" : "border-left:4px solid transparent"), String(n).padStart(4) + "  " + line));
      });
      box.append(pre);
    }
    box.append(element("p", "margin:4px 0", "原因：" + f.reason), element("p", "margin:4px 0", "改法：" + f.hint));
    return box;
  }
  function chip(text, css) {
    return element("span", "display:inline-block;padding:0 .5em;border-radius:4px;background:#c9a227;color:#1f1b16;font-size:14px;line-height:1.6;font-weight:700;" + css, text);
  }
  // Marks what only a preview shows: this page, and the links to such pages.
  function mark(state) {
    document.getElementById("biandan-mark")?.remove();
    document.querySelectorAll(".biandan-mark").forEach(e => e.remove());
    if (state.mark) {
      const m = chip(state.mark + "：只有预览里看得到", style + "left:12px;bottom:12px;padding:6px 14px;background:#c9a227");
      m.id = "biandan-mark";
      document.body.append(m);
    }
    if (!state.marks) return;
    for (const a of document.links) {
      const text = a.origin === location.origin && state.marks[decodeURI(a.pathname).replace(/index\.html$/, "")];
      if (!text || a.closest("#biandan-overlay, #biandan-badge")) continue;
      const m = chip(text, "margin-left:.4em;vertical-align:middle");
      m.className = "biandan-mark";
      a.append(m);
    }
  }
  const framed = top !== window, inside = page.startsWith("_biandan/");
  function show(state) {
    mark(state);
    document.getElementById("biandan-overlay")?.remove();
    document.getElementById("biandan-badge")?.remove();
    if (framed || inside) return; // these tell of mistakes themselves
    if (state.errors > 0) {
      const over = element("div", style + "inset:0;overflow:auto;padding:24px max(24px,calc(50vw - 400px));border-top:8px solid #b71c1c");
      over.id = "biandan-overlay";
      over.setAttribute("role", "alert");
      over.append(element("h1", "margin:0 0 8px;font-size:24px;color:#8b0000", state.errors + " 处错误，改好并保存后自动消失"));
      state.findings.filter(f => f.severity === "error").forEach(f => over.append(card(f)));
      document.body.append(over);
    } else if (state.warnings > 0) {
      const badge = element("details", style + "right:12px;bottom:12px;max-width:min(640px,90vw);max-height:70vh;overflow:auto;padding:6px 14px;border:2px solid #c9a227;border-radius:6px");
      badge.id = "biandan-badge";
      badge.append(element("summary", "cursor:pointer;font-weight:700", state.warnings + " 处警告"));
      state.findings.forEach(f => badge.append(card(f)));
      document.body.append(badge);
    }
  }

  async function update() {
    const state = await (await fetch("/_biandan/state?page=" + encodeURIComponent(page))).json();
    show(state);
    if ((inside || state.errors === 0) && state.key !== shown) {
      const was = shown;
      shown = state.key;
      await renew(was);
    }
  }
  listen(number => {
    if (number !== seen) {
      seen = number;
      update();
    }
  });
})();
