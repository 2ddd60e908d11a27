// Words whose form has gone from the room, since the turn ended or the item was decided while they
// were being typed: they stand in a card of their own until they are put to the record or thrown
// away. Nothing else ends them. Without this file they stay where `typed.js` keeps them.
(function () {
  "use strict";
  var place = document.querySelector("[data-kept]");

  function filled(pattern, one, elsewhere) {
    var about = (elsewhere && one.about.where ? one.about.where + " " : "") + one.about.of;
    return place.getAttribute(pattern).replace("{about}", about).replace("{chosen}", one.about.chosen.join(" ")).replace("{words}", function () { return one.words; });
  }

  function itemOf(text) { return (/[ &]subject\.item=([^&]*)/.exec(text) || [])[1] || ""; }

  function record() { return document.querySelector('form[action$="/do/note_record"]'); }

  function intoRecord(one, typed) {
    var form = record(), field = form.elements.words, item = form.elements["subject.item"];
    var line = filled(one.about.chosen.length ? "data-line-chosen" : "data-line", one, (item ? item.value : "") !== itemOf(one.name));
    field.value = (field.value ? field.value.replace(/\s*$/, "\n") : "") + line;
    typed.keep(form);
    typed.drop(one.name);
    field.focus();
  }

  function card(one, typed, again) {
    var made = place.querySelector("template").content.firstElementChild.cloneNode(true);
    function at(which) { return made.querySelector("[data-kept-" + which + "]"); }
    at("about").textContent = (one.about.where ? one.about.where + " · " : "") + one.about.of + (one.about.chosen.length ? " · " + one.about.chosen.join(" ") : "");
    at("words").textContent = one.words;
    at("record").hidden = !record();
    at("record").addEventListener("click", function () { intoRecord(one, typed); again(); });
    at("gone").addEventListener("click", function () { typed.drop(one.name); again(); });
    return made;
  }

  // Shows what is left over; true where that is more than was shown before.
  window.yishiKept = function (typed) {
    var shown = [];
    function again() {
      if (!place) { return false; }
      var left = typed.leftOver(place.getAttribute("data-kept"), document.querySelectorAll("form[method=post]"));
      var list = place.querySelector("[data-kept-list]"), names = left.map(function (one) { return one.name; });
      var more = names.some(function (name) { return shown.indexOf(name) < 0; });
      if (more || names.length !== shown.length) {
        list.textContent = "";
        left.forEach(function (one) { list.appendChild(card(one, typed, again)); });
      } else {
        left.forEach(function (one, n) { list.children[n].querySelector("[data-kept-record]").hidden = !record(); });
      }
      shown = names;
      place.hidden = !left.length;
      return more;
    }
    window.addEventListener("storage", again);
    return { show: again, go: function () { place.scrollIntoView({ block: "center" }); place.focus({ preventScroll: true }); } };
  };

  // After the meeting nothing is live any more, but what was typed may still go to the record.
  var ended = document.querySelector("[data-ended][data-me]");
  if (ended && window.yishiTyped) { window.yishiKept(window.yishiTyped(ended.getAttribute("data-me"))).show(); }
})();
