// What is typed into the forms of a page: kept as it is typed, put back when the page is made anew,
// and forgotten once it was sent. It is kept under whose it is, for this window and, for some hours,
// for others of this browser; the page for signing in forgets it, and so does somebody else's.
(function () {
  "use strict";
  var LASTS = 12 * 3600 * 1000, OURS = "yishi ", SENT = "yishi sent", ABOUT = " about";
  var UNTYPED = ["hidden", "file", "submit", "button", "reset", "image"];

  function each(many, act) { Array.prototype.forEach.call(many, act); }
  function some(many, test) { return Array.prototype.some.call(many, test); }

  // ── fields: by name, of those with one name by their order, of choices by what is chosen ──

  function fieldsOf(form) {
    var found = {}, times = {};
    each(form.elements, function (one) {
      if (!one.name || UNTYPED.indexOf(one.type) >= 0) { return; }
      if (one.type === "radio") { (found[one.name] = found[one.name] || []).push(one); return; }
      var key = one.type === "checkbox" ? one.name + "=" + one.value : one.name;
      times[key] = (times[key] || 0) + 1;
      found[key + " " + times[key]] = [one];
    });
    return found;
  }

  function valueOf(field, first) {
    var one = field[0], found = null;
    if (one.type === "radio") {
      each(field, function (r) { if (first ? r.defaultChecked : r.checked) { found = r.value; } });
      return found;
    }
    if (one.type === "checkbox") { return first ? one.defaultChecked : one.checked; }
    if (!one.options || !first) { return first ? one.defaultValue : one.value; }
    // Of a list none of which is marked, the first stands there to begin with.
    found = one.options.length ? one.options[0].value : "";
    each(one.options, function (o) { if (o.defaultSelected) { found = o.value; } });
    return found;
  }

  function takes(field, value) {
    function same(one) { return one.value === value; }
    if (field[0].type === "radio") { return some(field, same); }
    if (field[0].options) { return some(field[0].options, same); }
    return (field[0].type === "checkbox") === (typeof value === "boolean");
  }

  function fill(field, value) {
    if (field[0].type === "radio") { each(field, function (r) { r.checked = r.value === value; }); }
    else if (field[0].type === "checkbox") { field[0].checked = value; }
    else { field[0].value = value; }
  }

  // ── where it is kept ──

  function read(where, name) {
    try { return JSON.parse(where.getItem(name) || "null"); } catch (spoilt) { return null; }
  }

  function write(name, held) {
    try { sessionStorage.setItem(name, JSON.stringify(held)); } catch (full) { /* the page has it */ }
    try { localStorage.setItem(name, JSON.stringify({ since: Date.now(), held: held })); } catch (full) { /* as above */ }
  }

  function drop(name) {
    try { sessionStorage.removeItem(name); localStorage.removeItem(name); } catch (none) { /* nothing is kept here */ }
  }

  // Words without saying them, by which another window knows that what it has was sent from here.
  function mark(held) {
    var found = 5381, text = JSON.stringify(Object.keys(held).filter(function (key) { return key !== ABOUT; }).sort().map(function (key) { return [key, held[key]]; }));
    for (var n = 0; n < text.length; n += 1) { found = (found * 33 + text.charCodeAt(n)) % 4294967296; }
    return found;
  }

  function sentElsewhere(name, held) {
    var left = read(localStorage, name);
    return Boolean(left && left.sent && left.sent === mark(held));
  }

  function wasSent(name) {
    var held = read(sessionStorage, name);
    drop(name);
    try { if (held) { localStorage.setItem(name, JSON.stringify({ since: Date.now(), sent: mark(held) })); } } catch (full) { /* only told to other windows */ }
  }

  // Another's, who used this browser before, and what is too old.
  function sweep(where, mine) {
    Object.keys(where).forEach(function (name) {
      if (name.indexOf(OURS) !== 0 || name === SENT) { return; }
      var held = where === sessionStorage || read(where, name);
      if (name.indexOf(mine) !== 0 || held !== true && !(held && Date.now() - held.since < LASTS)) { where.removeItem(name); }
    });
  }

  window.yishiTyped = function (me) {
    var mine = OURS + me + " ", met = {};

    function nameOf(form) {
      var about = Array.prototype.filter.call(form.elements, function (one) {
        return one.type === "hidden" && one.name.indexOf("began.") !== 0 && ["key", "seen", "next", "csrfmiddlewaretoken"].indexOf(one.name) < 0;
      }).map(function (one) { return one.name + "=" + one.value; });
      return mine + form.getAttribute("action") + " " + about.join("&");
    }

    // What there is no place for just now, such as an outcome that cannot be had, waits for one.
    function keep(form) {
      if (!me) { return; }
      var name = nameOf(form), fields = fieldsOf(form), held = read(sessionStorage, name), found = {};
      Object.keys(fields).forEach(function (key) {
        var value = valueOf(fields[key]);
        if (value !== valueOf(fields[key], true)) { found[key] = value; }
      });
      Object.keys(held || {}).forEach(function (key) {
        if (key === ABOUT) { return; }
        var placed = fields[key] && takes(fields[key], held[key]);
        if (!placed && !(key in found)) { found[key] = held[key]; }
      });
      if (!Object.keys(found).length) { if (held) { drop(name); } return; }
      // Sent from another window since it was typed here; typed anew it is meant anew.
      if (held && mark(held) === mark(found) && sentElsewhere(name, found)) { return; }
      found[ABOUT] = form.hasAttribute("data-about") ? aboutOf(form) : held && held[ABOUT];
      write(name, found);
    }

    // What a form is about, for when it has gone: its name, the item's, and what was chosen in it.
    function aboutOf(form) {
      var chosen = Array.prototype.filter.call(form.elements, function (one) { return one.type === "radio" && one.checked; }).map(function (one) { return one.parentNode; });
      var person = form.querySelector("select[name=person]");
      if (person && person.value) { chosen.push(person.options[person.selectedIndex]); }
      return {
        of: form.getAttribute("data-about"), where: form.getAttribute("data-about-where") || "",
        chosen: chosen.map(function (one) { return one.textContent.trim(); }),
      };
    }

    function textOf(held) {
      return Object.keys(held).filter(function (key) { return /^(words|reason) /.test(key) && typeof held[key] === "string"; })
        .map(function (key) { return held[key].trim(); }).filter(Boolean).join("\n");
    }

    // Words typed here, or in a window that was closed, that no form of the page has a place for.
    function leftOver(sitting, forms) {
      var there = Array.prototype.map.call(forms, nameOf), about = new RegExp("[ &]subject\\.sitting=" + sitting.replace(/[^\w-]/g, "\\$&") + "(&|$)");
      var names = Object.keys(sessionStorage).concat(Object.keys(localStorage));
      return names.filter(function (name, place) {
        return names.indexOf(name) === place && name.indexOf(mine) === 0 && about.test(name) && there.indexOf(name) < 0;
      }).map(function (name) {
        var held = read(sessionStorage, name), left = read(localStorage, name);
        if (held && sentElsewhere(name, held)) { drop(name); held = null; }
        held = held || left && left.held;
        return held && held[ABOUT] && textOf(held) && { name: name, about: held[ABOUT], words: textOf(held) };
      }).filter(Boolean);
    }

    // What another window left behind is taken up where a form is first met, and never again: it
    // may have been sent meanwhile.
    function restore(form) {
      if (!me) { return; }
      var name = nameOf(form), held = read(sessionStorage, name), left = read(localStorage, name);
      if (!held && left && left.held && !met[name]) { held = left.held; write(name, held); }
      met[name] = true;
      if (!held) { return; }
      var fields = fieldsOf(form);
      Object.keys(held).forEach(function (key) {
        if (!fields[key] || !takes(fields[key], held[key])) { return; }
        fill(fields[key], held[key]);
        for (var up = fields[key][0].parentNode; up && up !== document; up = up.parentNode) {
          if (up.tagName === "DETAILS") { up.open = true; }
        }
      });
    }

    function sends(form) {
      keep(form);
      try { sessionStorage.setItem(SENT, nameOf(form)); } catch (full) { /* see above */ }
    }

    // What was sent is forgotten once the page says that it was entered; until then it is kept.
    try {
      var sent = sessionStorage.getItem(SENT);
      if (sent && document.querySelector(".told .success")) { wasSent(sent); }
      sessionStorage.removeItem(SENT);
      if (me) { sweep(sessionStorage, mine); sweep(localStorage, mine); }
    } catch (none) { /* nothing is kept here */ }
    return { nameOf: nameOf, keep: keep, restore: restore, sends: sends, leftOver: leftOver, drop: drop };
  };

  // Where somebody is to sign in, nothing stays that others of this browser could read; in this very
  // window it stays for whoever was only away too long, and goes after signing out.
  if (document.querySelector("[data-forgets]")) {
    try {
      sweep(localStorage, OURS + "nobody ");
      if (location.search.indexOf("next=") < 0) { sweep(sessionStorage, OURS + "nobody "); }
    } catch (none) { /* nothing is kept here */ }
  }
})();
