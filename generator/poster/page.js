// What the browser is asked about a sheet, and how several sheets, or parts of
// one, become the pages of a document. Lengths are millimetres; a sheet is an
// element of class "sheet".
const pixels = 96 / 25.4;

function boxes(root = document) {
  const all = [...root.querySelectorAll(".sheet")];
  return all.length ? all : [root === document ? document.body : root];
}

// letters returns the distinct characters of the page.
function letters() {
  return [...new Set(document.title + boxes().map(b => b.textContent).join(""))].join("");
}

// missing returns those of the characters for which no font of this machine has
// a glyph: they look like one that no font can have.
function missing(characters) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 32;
  const g = canvas.getContext("2d", {willReadFrequently: true});
  g.font = "24px " + (getComputedStyle(document.body).fontFamily || "serif");
  const draw = c => {
    g.clearRect(0, 0, 32, 32);
    g.fillText(c, 3, 26);
    return g.getImageData(0, 0, 32, 32).data;
  };
  const unknown = draw("\u{10FFF0}");
  return [...characters].filter(c => {
    const drawn = draw(c);
    return drawn.every((v, i) => v === unknown[i]);
  }).join("");
}

// compose lays the sheets of a job on its pages. It returns the number of the
// first sheet that does not fit on its page though it has to, or -1.
async function compose(job) {
  const root = document.documentElement, main = document.querySelector("main") || document.body;
  if (job.ink) root.dataset.ink = "saving";
  if (job.bleed) {
    root.dataset.bleed = "";
    root.style.setProperty("--bleed", job.bleed + "mm");
  }
  if (!job.links) for (const e of document.querySelectorAll("a[href]")) e.removeAttribute("href");
  ownFonts(job.number);
  await load(document);
  if (!job.composed) return -1;
  const parts = [];
  for (const [i, sheet] of job.sheets.entries()) {
    parts.push(i === 0 ? wrap(main, document.body.className) : await fetched(sheet.url));
  }
  const sizes = new Map();
  for (const [i, part] of parts.entries()) {
    const sheet = job.sheets[i];
    if (i > 0) main.append(part);
    if (!job.links) for (const e of part.querySelectorAll("a[href]")) e.removeAttribute("href");
    for (const box of boxes(part)) {
      box.style.setProperty("--w", sheet.w + "mm");
      box.style.setProperty("--h", sheet.h + "mm");
      if (!sheet.leaves) {
        box.style.page = pageName(sizes, sheet.w, sheet.h);
        box.style.breakAfter = "page";
        continue;
      }
      if (tall(box, sheet.h)) return i;
      for (const leaf of sheet.leaves) {
        box.before(leafOf(leaf, box, pageName(sizes, leaf.w, leaf.h)));
      }
      box.remove();
    }
  }
  const style = document.createElement("style");
  style.textContent = [...sizes].map(([size, name]) => `@page ${name}{size:${size};margin:0}`).join("") +
    ".biandan-leaf{position:relative;overflow:hidden;contain:strict;break-after:page;background:#fff;color:#000}" +
    ".biandan-window{position:absolute;overflow:hidden;contain:strict}" +
    ".biandan-window>*{position:absolute!important;left:0;top:0;margin:0!important;transform-origin:0 0}" +
    ".biandan-marks{position:absolute;left:0;top:0;font-family:var(--sans,sans-serif)}";
  document.head.append(style);
  for (const name of [".sheet", ".biandan-leaf"]) {
    const last = [...document.querySelectorAll(name)].at(-1);
    if (last) last.style.breakAfter = "auto";
  }
  return -1;
}

// ownFonts gives the document fonts of its own. A browser keeps the fonts of a size, and
// may take sizes that differ by a hundredth of a pixel for one: how large letters are
// would depend on what was printed before. It keeps fonts apart by their settings, also
// by one that no font knows.
function ownFonts(number) {
  const style = document.createElement("style");
  style.textContent = `*,::before,::after{font-variation-settings:"BDAN" ${number}!important}`;
  document.head.append(style);
}

// load waits for all pictures, also those that a screen would not show yet.
async function load(root) {
  await Promise.all([...root.querySelectorAll("img")].map(e => {
    e.loading = "eager";
    return e.decode().catch(() => {});
  }));
}

function wrap(main, className) {
  const part = document.createElement("div");
  part.className = className;
  part.append(...main.childNodes);
  main.append(part);
  return part;
}

// fetched returns the sheets of another page, with its addresses made whole.
async function fetched(url) {
  const answer = await fetch(url), page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const e of page.querySelectorAll("img[src]")) {
    e.src = new URL(e.getAttribute("src"), answer.url).href;
    e.removeAttribute("srcset");
  }
  for (const e of page.querySelectorAll("a[href]")) e.href = new URL(e.getAttribute("href"), answer.url).href;
  const part = wrap(page.querySelector("main") || page.body, page.body.className);
  document.adoptNode(part);
  await load(part);
  return part;
}

function pageName(sizes, w, h) {
  const size = `${w}mm ${h}mm`;
  if (!sizes.has(size)) sizes.set(size, "biandan" + sizes.size);
  return sizes.get(size);
}

function leafOf(leaf, box, page) {
  const section = document.createElement("section"), frame = document.createElement("div"), copy = box.cloneNode(true);
  section.className = "biandan-leaf";
  section.style.cssText = `width:${leaf.w}mm;height:${leaf.h}mm;page:${page}`;
  const [x, y, w, h] = leaf.window;
  frame.className = "biandan-window";
  frame.style.cssText = `left:${x}mm;top:${y}mm;width:${w}mm;height:${h}mm`;
  copy.style.transform = `translate(${leaf.x - x}mm,${leaf.y - y}mm) scale(${leaf.scale})`;
  if (leaf.bleed) copy.style.outline = `${leaf.bleed / leaf.scale}mm solid ${getComputedStyle(box).backgroundColor}`;
  frame.append(copy);
  section.append(frame);
  section.insertAdjacentHTML("beforeend", `<svg class="biandan-marks" aria-hidden="true" style="width:${leaf.w}mm;height:${leaf.h}mm" viewBox="0 0 ${leaf.w} ${leaf.h}">${leaf.marks}</svg>`);
  return section;
}

// tall reports whether a box is higher than its sheet: then it flows over several
// pages and cannot be cut up.
function tall(box, height) {
  return box.getBoundingClientRect().height > (height + 1) * pixels || box.scrollHeight > box.clientHeight + 2 * pixels;
}

// hide lets everything keep its place, but nothing be seen.
function hide() {
  const style = document.createElement("style");
  style.textContent = "*,::before,::after{visibility:hidden!important}";
  document.head.append(style);
  return true;
}

// largest returns the size of the largest letters in an element, in pixels.
function largest(e) {
  return Math.max(...[e, ...e.querySelectorAll("*")].map(x => parseFloat(getComputedStyle(x).fontSize)));
}

// The relative luminance of a colour, and the contrast of two (WCAG 2).
function luminance(c) {
  const [r, g, b] = c.map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

// solid returns the parts of a colour that hides what is behind it, or null.
function solid(color) {
  const parts = (color.match(/[\d.]+/g) || []).map(Number);
  return /^rgb/.test(color) && parts.length >= 3 && (parts[3] ?? 1) > 0.5 ? parts.slice(0, 3) : null;
}

// ground returns the colour behind an element at a point: of what lies there
// below it, the first that has one. It is null where a picture or a pattern does.
function ground(e, x, y) {
  const stack = document.elementsFromPoint(x, y), at = stack.indexOf(e);
  for (const below of at < 0 ? [] : stack.slice(at)) {
    const style = getComputedStyle(below);
    if (below.tagName === "IMG") return null;
    if (below instanceof SVGGeometryElement) {
      if (style.fill === "none") continue;
      return solid(style.fill);
    }
    if (style.backgroundImage !== "none" && style.backgroundSize === "auto") return null;
    const color = solid(style.backgroundColor);
    if (color) return color;
  }
  return null;
}

// measure returns what [Inspect] judges: for each box its size and what is
// wrong with its parts.
function measure() {
  return boxes().map(box => {
    box.scrollIntoView({block: "start"}); // what lies behind letters is only known of what is in view
    const b = box.getBoundingClientRect(), at = e => (e.textContent || e.getAttribute("alt") || e.tagName).trim().replace(/\s+/g, " ").slice(0, 12);
    const found = {width: b.width / pixels, height: b.height / pixels, beyond: [], overflowing: [], smallest: 1e9, smallestText: "", pale: [], rows: []};
    for (const e of box.querySelectorAll("*")) {
      const r = e.getBoundingClientRect(), style = getComputedStyle(e);
      if (r.width < 2 || r.height < 2 || style.visibility === "hidden" || e.closest("defs")) continue;
      if (r.right > b.right + 1 || r.bottom > b.bottom + 1 || r.left < b.left - 1 || r.top < b.top - 1) found.beyond.push(at(e));
      else if (!e.closest("svg") && style.display !== "inline" && e.clientHeight) {
        const slack = 2 + 0.3 * largest(e); // letters reach over tight lines
        if (e.scrollHeight > e.clientHeight + slack || e.scrollWidth > e.clientWidth + slack) found.overflowing.push(at(e));
      }
      if (e.tagName === "IMG" || e.tagName === "svg" || "whole" in e.dataset) found.rows.push([r.top - b.top, r.bottom - b.top]);
    }
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    for (let n = walker.nextNode(); n; n = walker.nextNode()) {
      if (!n.data.trim()) continue;
      const e = n.parentElement, range = document.createRange();
      if (e.closest("defs, title, desc, style, script")) continue;
      range.selectNodeContents(n);
      const clip = e.closest(".sr") || e, rects = [...range.getClientRects()].filter(r => r.width > 1 && r.height > 1);
      if (!rects.length || clip.getBoundingClientRect().width < 2) continue;
      const scale = e.getScreenCTM ? Math.abs(e.getScreenCTM().d) : e.currentCSSZoom || 1;
      const size = parseFloat(getComputedStyle(e).fontSize) * scale / pixels;
      if (size < found.smallest) [found.smallest, found.smallestText] = [size, at(e)];
      const color = solid(e instanceof SVGElement ? getComputedStyle(e).fill : getComputedStyle(e).color);
      const behind = color && ground(e, rects[0].left + rects[0].width / 2, rects[0].top + rects[0].height / 2);
      if (behind && contrast(color, behind) < 3) found.pale.push(at(e));
      for (const r of rects) found.rows.push([r.top - b.top, r.bottom - b.top]);
    }
    found.rows = found.rows.map(([from, to]) => [from / pixels, to / pixels]);
    found.pale = found.pale.slice(0, 3);
    found.beyond = found.beyond.slice(0, 3);
    found.overflowing = found.overflowing.slice(0, 3);
    return found;
  });
}
