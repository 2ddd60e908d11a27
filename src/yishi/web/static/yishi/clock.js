// Clocks of reports and speeches, by the server's clock, and the code for signing in, which turns on
// the big screen. Without this file the page says from when and until when, and the page of the code
// alone turns by itself.
(function () {
  "use strict";

  function each(which, act) { Array.prototype.forEach.call(document.querySelectorAll(which), act); }

  // How far the server's clock is ahead of this one: as `live.js` has it, where it is there, and
  // else as the page said.
  function now() {
    var said = document.querySelector("[data-now]"), page;
    if (!said.hasAttribute("data-ahead")) {
      page = window.performance && performance.getEntriesByType && performance.getEntriesByType("navigation")[0];
      page = page && page.responseStart && performance.timeOrigin ? performance.timeOrigin + page.responseStart : Date.now();
      said.setAttribute("data-ahead", String(Number(said.getAttribute("data-now")) - page / 1000));
    }
    return Date.now() / 1000 + Number(said.getAttribute("data-ahead"));
  }

  function tick() {
    each("[data-clock]", function (one) {
      var limit = Number(one.getAttribute("data-limit"));
      var left = Math.min(limit, Number(one.getAttribute("data-clock")) + limit - now());
      var told = one.querySelector(".num"), over = one.querySelector("[data-over]");
      var seconds = Math.floor(Math.abs(left));
      var said = Math.floor(seconds / 60) + ":" + ("0" + seconds % 60).slice(-2);
      told.textContent = told.getAttribute(left < 0 ? "data-past" : "data-left") + " " + said;
      told.hidden = false;
      over.hidden = left >= 0;
    });
  }

  // The code is for those who still have to sign in.
  function codeAsNeeded() {
    each("[data-while-missing]", function (one) { one.hidden = Boolean(document.querySelector("[data-all-in]")); });
  }

  function turn() {
    each("img[data-turns]", function (one) {
      var fresh = new Image();
      fresh.onload = function () { one.src = fresh.src; };
      fresh.src = one.getAttribute("data-turns") + "?" + Date.now();
    });
  }

  tick();
  setInterval(tick, 1000);
  setInterval(codeAsNeeded, 1000);
  setInterval(turn, 25000);
})();
