// First letters of names (ywk for 业务科) find a person or a unit in a list that has the keyboard.
// Without this file the list is gone through with the arrows.
(function () {
  "use strict";

  var typed = "", last = 0;

  document.addEventListener("keydown", function (event) {
    var list = event.target, found;
    if (!list.hasAttribute || !list.hasAttribute("data-lettered")) { return; }
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[a-z]$/i.test(event.key)) { return; }
    typed = Date.now() - last < 1200 ? typed + event.key.toLowerCase() : event.key.toLowerCase();
    last = Date.now();
    found = Array.prototype.filter.call(list.options, function (one) {
      return (" " + (one.getAttribute("data-letters") || "")).indexOf(" " + typed) >= 0;
    })[0];
    if (!found) { return; }
    event.preventDefault();
    list.value = found.value;
    list.dispatchEvent(new Event("input", { bubbles: true }));
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
