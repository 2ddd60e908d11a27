// Clocks of reports and speeches, by the server's clock, and the code for signing in, which turns on
// the big screen. Without this file the page says from when and until when, and the page of the code
// alone turns by itself.
(function () {
  "use strict";
  var ahead = null;

  function each(which, act) { Array.prototype.forEach.call(document.querySelectorAll(which), act); }

  // How far the server's clock is ahead of this one: said once, with the page.
  function now() {
    if (ahead === null) {
      ahead = Number(document.querySelector("[data-now]").getAttribute("data-now")) - Date.now() / 1000;
    }
    return Date.now() / 1000 + ahead;
  }

  function tick() {
    each("[data-clock]", function (one) {
      var left = Number(one.getAttribute("data-clock")) + Number(one.getAttribute("data-limit")) - now();
      var told = one.querySelector(".num"), over = one.querySelector("[data-over]");
      var seconds = Math.floor(Math.abs(left));
      var said = Math.floor(seconds / 60) + ":" + ("0" + seconds % 60).slice(-2);
      told.textContent = told.getAttribute(left < 0 ? "data-past" : "data-left") + " " + said;
      told.hidden = false;
      over.hidden = left >= 0;
    });
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
  setInterval(turn, 25000);
})();
