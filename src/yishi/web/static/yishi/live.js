// The meeting in progress, live: when something happened, the page is fetched anew and put in
// place, with everything that was typed, opened and focused kept. Without this file, or without
// a network, the page works as any other: by its links, its forms and its reload button.
(function () {
  "use strict";
  var room = document.querySelector("[data-live]");
  if (!room || !window.EventSource || !window.fetch || !window.DOMParser) { return; }

  var told = document.querySelector("[data-live-told]");
  var shown = Number(room.getAttribute("data-seq"));
  var wanted = shown, busy = false, sending = false, composing = false, opened = false, source = null;

  function say(which) {
    told.textContent = which ? told.getAttribute("data-" + which) : "";
    told.hidden = !which;
    var live = Boolean(source && opened && !which);
    each("[data-live-shows]", function (one) { one.hidden = !live; });
    each("[data-live-hides]", function (one) { one.hidden = live; });
  }

  function each(which, act) { Array.prototype.forEach.call(room.querySelectorAll(which), act); }

  // ── one clock, the server's: how long something has lasted ──

  var at = Date.now();

  function tick() {
    each("[data-lasts]", function (one) {
      var seconds = Math.max(0, Number(one.getAttribute("data-lasts")) + Math.floor((Date.now() - at) / 1000));
      var parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
      if (!parts[0]) { parts.shift(); }
      one.textContent = parts.map(function (n, place) { return place && n < 10 ? "0" + n : String(n); }).join(":");
    });
  }

  // ── what is typed ──

  function nameOf(form) {
    var about = Array.prototype.filter.call(form.elements, function (one) {
      return one.type === "hidden" && ["key", "seen", "next", "csrfmiddlewaretoken"].indexOf(one.name) < 0;
    }).map(function (one) { return one.name + "=" + one.value; });
    return "yishi " + form.getAttribute("action") + " " + about.join("&");
  }

  function typed(form) {
    var found = {};
    Array.prototype.forEach.call(form.elements, function (one, place) {
      if (!one.name || one.type === "hidden" || one.type === "file") { return; }
      var picked = one.type === "checkbox" || one.type === "radio";
      var changed = picked ? one.checked !== one.defaultChecked :
        one.options ? Array.prototype.some.call(one.options, function (o) { return o.selected !== o.defaultSelected; }) :
        one.value !== one.defaultValue;
      if (changed) { found[place + " " + one.name] = picked ? one.checked : one.value; }
    });
    return found;
  }

  function keep(form) {
    var found = typed(form);
    try {
      if (Object.keys(found).length) {
        sessionStorage.setItem(nameOf(form), JSON.stringify(found));
      } else { sessionStorage.removeItem(nameOf(form)); }
    } catch (full) { /* what does not fit is kept by the page alone */ }
  }

  function restore(form) {
    var held = null;
    try { held = JSON.parse(sessionStorage.getItem(nameOf(form)) || "null"); } catch (spoilt) { return; }
    if (!held) { return; }
    Array.prototype.forEach.call(form.elements, function (one, place) {
      var value = held[place + " " + one.name];
      if (value === undefined) { return; }
      if (typeof value === "boolean") { one.checked = value; } else { one.value = value; }
      for (var up = one.parentNode; up && up !== document; up = up.parentNode) {
        if (up.tagName === "DETAILS") { up.open = true; }
      }
    });
  }

  function forms(where) { return Array.prototype.slice.call(where.querySelectorAll("form[method=post]")); }

  // ── putting the new page in place ──

  function focused() {
    var one = document.activeElement;
    if (!one || !room.contains(one) || !one.name || !one.form) { return null; }
    var place = Array.prototype.indexOf.call(one.form.elements, one);
    var ends = null;
    try { ends = [one.selectionStart, one.selectionEnd]; } catch (none) { /* not a text */ }
    return { form: nameOf(one.form), place: place, ends: ends };
  }

  function refocus(was) {
    if (!was) { return; }
    forms(room).some(function (form) {
      var one = nameOf(form) === was.form && form.elements[was.place];
      if (!one) { return false; }
      one.focus({ preventScroll: true });
      if (was.ends && was.ends[0] !== null) {
        try { one.setSelectionRange(was.ends[0], was.ends[1]); } catch (none) { /* not a text */ }
      }
      return true;
    });
  }

  function put(fresh) {
    forms(room).forEach(keep);
    var was = focused();
    var open = Array.prototype.map.call(room.querySelectorAll("details[open] > summary"), function (one) { return one.textContent; });
    room.innerHTML = fresh.innerHTML;
    room.setAttribute("data-seq", fresh.getAttribute("data-seq"));
    at = Date.now();
    tick();
    Array.prototype.forEach.call(room.querySelectorAll("details > summary"), function (one) {
      if (open.indexOf(one.textContent) >= 0) { one.parentNode.open = true; }
    });
    forms(room).forEach(restore);
    refocus(was);
  }

  function fetchAnew() {
    if (busy || sending || composing || wanted <= shown) { return; }
    busy = true;
    fetch(location.href, { headers: { "X-Yishi-Looks": "1" }, credentials: "same-origin", cache: "no-store" })
      .then(function (answer) {
        if (answer.redirected || !answer.ok) { over(); throw new Error("over"); }
        return answer.text();
      })
      .then(function (text) {
        var page = new DOMParser().parseFromString(text, "text/html");
        var fresh = page.querySelector("[data-live]");
        if (!fresh) { over(); return; }
        if (sending || composing) { return; }
        shown = Number(fresh.getAttribute("data-seq"));
        put(fresh);
        say("");
      })
      .catch(function () { if (source) { say("offline"); } })
      .then(function () { busy = false; if (wanted > shown) { setTimeout(fetchAnew, 1000); } });
  }

  // ── the stream ──

  function over() {
    if (source) { source.close(); source = null; }
    say("over");
  }

  function listen() {
    source = new EventSource(room.getAttribute("data-live") + "?seen=" + shown);
    source.addEventListener("open", function () { opened = true; say(""); });
    source.addEventListener("moved", function (event) {
      wanted = Math.max(wanted, Number(event.data));
      fetchAnew();
    });
    source.addEventListener("over", over);
    source.addEventListener("error", function () {
      if (source && source.readyState !== EventSource.CLOSED) { say("offline"); }
      else if (opened) { over(); }
    });
  }

  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (form && room.contains(form)) { keep(form); }
  });
  document.addEventListener("compositionstart", function () { composing = true; });
  document.addEventListener("compositionend", function () { composing = false; setTimeout(fetchAnew, 50); });
  document.addEventListener("submit", function (event) {
    sending = true;
    keep(event.target);
    try { sessionStorage.setItem("yishi sent", nameOf(event.target)); } catch (full) { /* see above */ }
    setTimeout(function () { sending = false; fetchAnew(); }, 8000);
  });
  window.addEventListener("pagehide", function () { if (source) { source.close(); } });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });
  window.addEventListener("offline", function () { say("offline"); });

  // What was sent is forgotten once the page says that it was entered; until then it is kept.
  try {
    var sent = sessionStorage.getItem("yishi sent");
    if (sent && document.querySelector(".told .success")) { sessionStorage.removeItem(sent); }
    sessionStorage.removeItem("yishi sent");
  } catch (none) { /* nothing is kept here */ }
  forms(room).forEach(restore);
  tick();
  setInterval(tick, 1000);
  listen();
})();
