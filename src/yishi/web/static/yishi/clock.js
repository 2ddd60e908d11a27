// Clocks of reports and speeches, by the server's clock. Without this file the page says from when
// and until when.
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

  tick();
  setInterval(tick, 1000);
})();
