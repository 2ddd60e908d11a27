// The meeting in progress, live. The stream brings the parts of the page that all who may see the
// same see alike, and tells when one's own part has changed: then the page is fetched anew and put
// in place, with everything that was typed, opened and focused kept. What is sent is sent again
// after a drop, under the same key, so that it counts once. Without this file, or without a
// network, the page works as any other: by its links, its forms and its reload button.
(function () {
  "use strict";
  var room = document.querySelector("[data-live]");
  if (!room || !window.yishiTyped || !window.EventSource || !window.fetch || !window.DOMParser) { return; }

  var SILENT = 40000, AGAIN = 2000;
  var told = document.querySelector("[data-live-told]");
  var source = null, opened = false, brought = false, ended = false, heard = Date.now();
  var wanted = false, busy = false, sending = null, composing = false;

  function say(which) {
    told.textContent = which ? told.getAttribute("data-" + which) : "";
    told.hidden = !which;
    // What the keyboard comes to does not come to lie under it.
    document.documentElement.toggleAttribute("data-told", Boolean(which));
    if (which) { uncover(document.activeElement); }
    show();
  }

  // What was just pressed does not come to lie under what is told of it.
  function uncover(one) {
    if (!one || !room.contains(one)) { return; }
    var place = one.getBoundingClientRect(), under = told.getBoundingClientRect().bottom + 8 - place.top;
    if (under > 0 && place.bottom > 0) { window.scrollBy(0, -under); }
  }

  function show() {
    var live = Boolean(source && brought && told.hidden);
    each("[data-live-shows]", function (one) { one.hidden = !live; });
    each("[data-live-hides]", function (one) { one.hidden = live; });
  }

  function each(which, act) { Array.prototype.forEach.call(room.querySelectorAll(which), act); }

  // ── one clock, the server's: how long something has lasted ──

  var ahead = -Infinity;

  // What comes late tells too early an hour: of two the later counts, unless a clock was put right.
  // `clock.js` goes by the same.
  function setClock(now, came) {
    var said = Number(now) - (came || Date.now()) / 1000;
    if (said < ahead && ahead - said < 60) { return; }
    ahead = said;
    room.setAttribute("data-ahead", String(ahead));
  }

  // When the page began to come, however late this file did.
  function pageCame() {
    var page = window.performance && performance.getEntriesByType && performance.getEntriesByType("navigation")[0];
    return page && page.responseStart && performance.timeOrigin ? performance.timeOrigin + page.responseStart : Date.now();
  }

  function tick() {
    each("[data-since]", function (one) {
      var seconds = Math.max(0, Math.floor(Date.now() / 1000 + ahead - Number(one.getAttribute("data-since"))));
      var parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
      if (!parts[0]) { parts.shift(); }
      one.querySelector(".num").textContent = parts.map(function (n, place) { return place && n < 10 ? "0" + n : String(n); }).join(":");
      one.hidden = false;
    });
  }

  // ── what is typed: kept under whose it is, and nothing where the page does not say ──

  var me = room.getAttribute("data-me"), typed = window.yishiTyped(me);
  var kept = me && window.yishiKept ? window.yishiKept(typed) : null;

  function forms(where) { return Array.prototype.slice.call(where.querySelectorAll("form[method=post]")); }

  // ── putting what is new in place ──

  function headings(where) {
    return Array.prototype.map.call(where.querySelectorAll("details > summary"), function (one) {
      var name = (one.querySelector("strong") || one).textContent;
      var sure = one.parentNode.classList.contains("sure");
      var form = sure && (one.parentNode.querySelector("form") || one.parentNode.closest("form"));
      // A question stays open for as long as it is about the very same thing.
      return { name: form ? name + typed.nameOf(form) : name, details: one.parentNode };
    });
  }

  // What somebody unfolded or folded stays so; the rest is as the page has it.
  var began = new WeakMap();

  function begin(where) { headings(where).forEach(function (h) { began.set(h.details, h.details.open); }); }

  function replace(one, html) {
    var held = {};
    headings(one).forEach(function (h) { if (h.details.open !== began.get(h.details)) { held[h.name] = h.details.open; } });
    one.innerHTML = html;
    begin(one);
    headings(one).forEach(function (h) { if (h.name in held) { h.details.open = held[h.name]; } });
  }

  // ── where the keyboard is: a field, a button, a heading, a link, by what it is and says ──

  function nth(one, which) { return one.form ? Array.prototype.filter.call(one.form.elements, which) : []; }

  function alike(one) { return function (other) { return other.name === one.name && other.type === one.type && (!isPress(one) || says(other) === says(one)); }; }

  function isPress(one) { return one.tagName === "BUTTON" || one.type === "submit" || one.type === "radio" || one.type === "checkbox"; }

  function says(one) { return one.tagName === "BUTTON" ? one.textContent : one.value; }

  function placeOf(one) {
    if (one.form) { return { form: typed.nameOf(one.form), like: alike(one), n: nth(one, alike(one)).indexOf(one) }; }
    if (one.tagName === "A") { return { link: one.getAttribute("href") }; }
    if (one.tagName !== "SUMMARY") { return null; }
    var found = headings(room).filter(function (h) { return h.details === one.parentNode; })[0];
    return found ? { heading: found.name } : null;
  }

  function focused() {
    var one = document.activeElement;
    if (!one || !room.contains(one)) { return null; }
    var place = placeOf(one);
    if (!place) { return null; }
    try { place.ends = [one.selectionStart, one.selectionEnd]; } catch (none) { /* not a text */ }
    return place;
  }

  function first(many, test) { return Array.prototype.filter.call(many, test)[0]; }

  function at(place) {
    if (place.link) { return first(room.querySelectorAll("a"), function (one) { return one.getAttribute("href") === place.link; }); }
    if (place.heading) {
      var h = first(headings(room), function (one) { return one.name === place.heading; });
      return h && h.details.querySelector("summary");
    }
    var form = first(forms(room), function (one) { return typed.nameOf(one) === place.form; });
    return form && Array.prototype.filter.call(form.elements, place.like)[place.n];
  }

  function refocus(was) {
    if (!was || room.contains(document.activeElement)) { return; }
    var one = at(was);
    if (!one) { return; }
    one.focus({ preventScroll: true });
    if (was.ends && was.ends[0] !== null && was.ends[0] !== undefined) {
      try { one.setSelectionRange(was.ends[0], was.ends[1]); } catch (none) { /* not a text */ }
    }
  }

  function put(fresh) {
    forms(room).forEach(typed.keep);
    var was = focused();
    replace(room, fresh.innerHTML);
    room.setAttribute("data-own", fresh.getAttribute("data-own") || "");
    setClock(fresh.getAttribute("data-now"));
    tick();
    forms(room).forEach(typed.restore);
    refocus(was);
    // Whoever was writing where there is nothing any more is led to where the words are now.
    var more = kept && kept.show();
    if (more && was && was.form && !room.contains(document.activeElement)) { kept.go(); }
    show();
  }

  // What all see alike: put at once, since nobody types there. A part with forms of one's own in
  // between, and a page that has missed something, are fetched instead.
  function take(said) {
    var was = focused();
    Object.keys(said.parts).forEach(function (name) {
      var one = room.querySelector('[data-part="' + name + '"]');
      if (!one || one.hasAttribute("data-mixed")) { return; }
      replace(one, said.parts[name]);
      one.setAttribute("data-digest", said.all[name]);
    });
    var missed = Object.keys(said.all).some(function (name) {
      var one = room.querySelector('[data-part="' + name + '"]');
      return !one || one.getAttribute("data-digest") !== said.all[name];
    });
    setClock(said.now);
    tick();
    refocus(was);
    show();
    if (missed) { want(0); }
  }

  function want(soon) {
    wanted = true;
    setTimeout(fetchAnew, soon);
  }

  function fetchAnew() {
    if (busy || sending || composing || !wanted || ended) { return; }
    busy = true;
    wanted = false;
    fetch(location.href, { headers: { "X-Yishi-Looks": "1" }, credentials: "same-origin", cache: "no-store" })
      .then(function (answer) {
        if (answer.status >= 500) { throw new Error("away"); }
        if (answer.redirected || !answer.ok) { finished(); return ""; }
        return answer.text();
      })
      .then(function (text) {
        if (!text) { return; }
        var page = new DOMParser().parseFromString(text, "text/html");
        var fresh = page.querySelector("[data-live]") || page.querySelector("[data-ended]");
        if (!fresh) { finished(); return; }
        // Somebody else has signed in meanwhile: nothing of this page goes into theirs.
        if (fresh.hasAttribute("data-me") && fresh.getAttribute("data-me") !== me) { location.reload(); return; }
        if (sending || composing) { wanted = true; return; }
        put(fresh);
        if (fresh.hasAttribute("data-ended")) { close(); say(""); }
      })
      .catch(function () { wanted = true; if (!ended) { say("offline"); setTimeout(fetchAnew, AGAIN); } })
      .then(function () { busy = false; if (wanted) { setTimeout(fetchAnew, 1000); } });
  }

  // ── the stream ──

  function close() {
    ended = true;
    if (source) { source.close(); source = null; }
  }

  function finished() { close(); say("over"); }

  // Nothing more comes. Why, the page itself says: where the meeting was called off or has ended it
  // says so and leads on; where it is not open any more to whoever looks, there is no such page.
  // A server that is away just then is asked again.
  function over() {
    close();
    if (sending || composing) { setTimeout(over, 1000); return; }
    fetch(location.href, { headers: { "X-Yishi-Looks": "1" }, credentials: "same-origin", cache: "no-store" })
      .then(function (answer) {
        if (answer.status >= 500) { throw new Error("away"); }
        return answer.ok && !answer.redirected ? answer.text() : "";
      })
      .then(function (text) {
        if (sending || composing) { setTimeout(over, 1000); return; }
        var fresh = text && new DOMParser().parseFromString(text, "text/html").querySelector("[data-ended]");
        if (!fresh) { finished(); return; }
        // Somebody else has signed in meanwhile: nothing of this page goes into theirs.
        if (fresh.hasAttribute("data-me") && fresh.getAttribute("data-me") !== me) { location.reload(); return; }
        put(fresh);
        say("");
      }, function () { say("offline"); setTimeout(over, 5000); });
  }

  function lively() {
    heard = Date.now();
    if (!brought) { brought = true; show(); }
    if (!told.hidden && !sending && navigator.onLine !== false) { say(""); }
  }

  function listen() {
    if (ended) { return; }
    if (source) { source.close(); }
    brought = false;
    heard = Date.now();
    source = new EventSource(room.getAttribute("data-live") + "?view=" + (room.getAttribute("data-view") || "room"));
    // Open is not let in: where many come at once, the first event may take a while.
    source.addEventListener("open", function () { opened = true; heard = Date.now(); });
    source.addEventListener("here", function (event) { lively(); setClock(event.data); });
    source.addEventListener("room", function (event) { lively(); take(JSON.parse(event.data)); });
    source.addEventListener("own", function (event) {
      lively();
      if (event.data !== room.getAttribute("data-own")) { want(0); }
    });
    source.addEventListener("over", over);
    source.addEventListener("error", function () {
      if (!source || ended) { return; }
      if (source.readyState !== EventSource.CLOSED) { say("offline"); return; }
      source = null;
      // Refused: either it is over, as the page itself will say, or the server is away for a while.
      if (opened) { say("offline"); want(0); setTimeout(listen, 5000); }
    });
  }

  // A line that died without a word, or a machine that slept: told by the silence.
  var last = Date.now();
  function watch() {
    var now = Date.now(), slept = now - last > 10000;
    last = now;
    if (source && opened && (slept || now - heard > SILENT)) { say("offline"); listen(); want(0); }
  }

  // ── sending ──

  function answered(form, answer) {
    // A redirect means that it is done; anything else is told by the page that the form itself
    // leads to: the same key does nothing a second time.
    if (answer.type !== "opaqueredirect") { HTMLFormElement.prototype.submit.call(form); return; }
    var next = form.elements.next ? form.elements.next.value : location.href;
    var here = location.pathname + location.search;
    if (next === here) { location.reload(); } else { location.assign(next); }
  }

  function send(form, body) {
    fetch(form.action, { method: "POST", body: body, credentials: "same-origin", redirect: "manual" })
      .then(function (answer) {
        if (answer.status >= 502 && answer.status <= 504) { throw new Error("away"); }
        answered(form, answer);
      })
      .catch(function () {
        say("unsent");
        setTimeout(function () { send(form, body); }, AGAIN);
      });
  }

  function submitted(event) {
    var form = event.target, button = event.submitter;
    if (event.defaultPrevented || !room.contains(form) || form.method !== "post") { return; }
    event.preventDefault();
    if (sending) { return; }
    typed.sends(form);
    sending = form;
    var body = new FormData(form);
    if (button && button.name) { body.append(button.name, button.value); }
    send(form, body);
  }

  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (form && room.contains(form)) { typed.keep(form); }
  });
  document.addEventListener("compositionstart", function () { composing = true; });
  document.addEventListener("compositionend", function () { composing = false; setTimeout(fetchAnew, 50); });
  document.addEventListener("submit", submitted);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { watch(); } });
  window.addEventListener("pagehide", function () { if (source) { source.close(); source = null; } });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });
  window.addEventListener("offline", function () { if (!ended) { say("offline"); } });
  window.addEventListener("online", function () { if (opened) { listen(); } });

  begin(room);
  forms(room).forEach(typed.restore);
  if (kept) { kept.show(); }
  setClock(room.getAttribute("data-now"), pageCame());
  tick();
  setInterval(tick, 1000);
  setInterval(watch, 2000);
  listen();
})();
