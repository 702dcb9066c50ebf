// 红扁担: pages without network. Before this text the build writes what it knows:
//   BUILD  what to call the pages that are stored at once; "": the site has opted out
//   SITE   the path of its root
//   FIRST  the pages stored at once, FILES what they need
//   THEN   the pages stored one after the other, while the reader reads
// The network is asked first. What comes from the store says of which day it is.
(function () {
  "use strict";
  const PATIENCE = 4000, PAUSE = 3000, MOST_PAGES = 50, MOST_FILES = 100, MOST_DAYS = 30;
  // The store of this build, replaced by the next, and the one of what was read.
  const own = "biandan " + SITE + " ", now = own + BUILD, kept = own + "kept";

  const isPage = path => path.endsWith("/");
  const pathOf = address => new URL(address, location).pathname.replace(/\/index\.html$/, "/").replace(/\/[^./]+$/, "$&/"); // without ?, which is nobody's business
  const put = async (name, key, answer) => { const store = await caches.open(name); await store.delete(key); await store.put(key, answer); }; // the newest stands last
  const find = async key => await (await caches.open(now)).match(key) || await (await caches.open(kept)).match(key);

  addEventListener("install", e => {
    skipWaiting();
    if (BUILD) e.waitUntil(Promise.all([
      caches.open(now).then(store => store.addAll(FIRST.map(a => new Request(a, { cache: "no-cache" })))),
      caches.open(kept).then(store => store.addAll(FILES))
    ]));
  });

  addEventListener("activate", e => e.waitUntil((async () => {
    for (const name of await caches.keys())
      if (name.startsWith(own) && !(BUILD && (name === now || name === kept))) await caches.delete(name);
    if (!BUILD) return registration.unregister();
    await drop();
    await clients.claim();
    for (const c of await clients.matchAll({ type: "window" })) keep(pathOf(c.url), await fetch(c.url)); // where the reader came in
  })()));

  addEventListener("fetch", e => {
    const r = e.request, url = new URL(r.url);
    if (!BUILD || r.method !== "GET" || url.origin !== location.origin || !url.pathname.startsWith(SITE)) return;
    if (r.mode === "navigate") e.respondWith(page(e, pathOf(r.url)));
    else if (/^(style|script|image|font)$/.test(r.destination)) e.respondWith(file(e, url.pathname));
  });

  async function page(e, path) {
    const net = fetch(e.request).then(r => { e.waitUntil(keep(path, r.clone())); return r; }, () => null);
    e.waitUntil(net.then(r => r && fill()));
    const first = await Promise.race([net, new Promise(done => setTimeout(done, PATIENCE, "late"))]);
    if (first && first !== "late" && first.status < 500) return first;
    const old = await find(path);
    if (old) return stored(old, first ? "现在网络不好" : "现在没有网络");
    return await net || missing();
  }

  // A file with its bytes in its name never changes.
  async function file(e, path) {
    const old = await find(path);
    if (old && path.startsWith(SITE + "assets/")) return old;
    try {
      const r = await fetch(e.request);
      if (r.ok) e.waitUntil(put(kept, path, r.clone()));
      return r;
    } catch (lost) {
      if (old) return old;
      throw lost;
    }
  }

  // keep stores a page that was read; one that the site has withdrawn goes.
  async function keep(path, r) {
    const name = FIRST.includes(path) ? now : kept;
    if (r.status === 404 || r.status === 410) return (await caches.open(name)).delete(path);
    if (!r.ok || r.redirected || !isPage(path) || !/^text\/html/.test(r.headers.get("content-type"))) return;
    await put(name, path, r);
    await thin();
  }

  const read = async () => (await (await caches.open(kept)).keys()).map(r => pathOf(r.url));

  // thin lets the oldest go when there are too many.
  async function thin() {
    const all = (await read()).filter(p => !THEN.includes(p) && !FILES.includes(p)), pages = all.filter(isPage), files = all.filter(p => !isPage(p));
    const store = await caches.open(kept);
    for (const p of pages.slice(0, -MOST_PAGES).concat(files.slice(0, -MOST_FILES))) await store.delete(p);
  }

  // drop lets pages go that nobody has read for long: they may tell what is long withdrawn.
  async function drop() {
    const store = await caches.open(kept);
    for (const p of await read())
      if (isPage(p) && !(Date.now() - dayOf(await store.match(p)) < MOST_DAYS * 864e5)) await store.delete(p);
  }

  let filling = false;
  async function fill() {
    const link = navigator.connection;
    if (filling || link && (link.saveData || /2g/.test(link.effectiveType))) return;
    filling = true;
    await new Promise(done => setTimeout(done, PAUSE)); // the reader's page goes before
    try {
      const store = await caches.open(kept);
      for (const p of THEN) if (!await store.match(p)) {
        const r = await fetch(p);
        if (r.ok) await store.put(p, r);
      }
    } catch (lost) { filling = false; }
  }

  const dayOf = r => new Date(r.headers.get("date") || NaN);

  async function stored(r, why) {
    const day = dayOf(r), text = await r.text();
    const when = isNaN(day) ? "以前" : day.toDateString() === new Date().toDateString() ? "今天" : " " + (day.getMonth() + 1) + "月" + day.getDate() + "日 ";
    return answer(text.replace(/<main[^>]*>/, m => m + '<p class="stored" role="status"><span class="wrap">这是' + when + "存下的，" + why + "</span></p>"), 200);
  }

  const answer = (html, status) => new Response(html, { status, headers: { "Content-Type": "text/html; charset=utf-8" } });

  // missing is the page in place of one that was never stored, in the frame of the home
  // page: it leads to those that were.
  async function missing() {
    const home = await find(FIRST[0]);
    if (!home) return Response.error();
    const frame = await home.text();
    let list = "";
    for (const p of FIRST.concat((await read()).filter(p => isPage(p) && !THEN.includes(p)).reverse())) {
      const r = p !== FIRST[0] && await find(p), title = r && /<title>([^<]*?)(?: - [^<]*)?<\/title>/.exec(await r.text());
      if (title) list += '<li><a href="' + p + '">' + title[1] + "</a></li>";
    }
    const main = '<div class="wrap"><div class="pagehead"><nav class="crumbs" aria-label="当前位置"><ol><li><a href="' + FIRST[0] + '">首页</a></li></ol></nav><h1>现在没有网络</h1></div><div class="prose"><p>这一页没有存下来，有网络的时候再看。下面这些存着，现在就能打开：</p><ul>' + list + "</ul></div></div>";
    return answer(frame.replace(/<title>[^<]*/, "<title>现在没有网络").replace(/(<main[^>]*>)[^]*(?=<\/main>)/, (m, open) => open + main).replace('"k-home"', '"k-none"'), 503);
  }
})();
