// How far jobs in the background are, without loading the page anew; once one has ended, the page
// is loaded, since it says then what came of it. Without this file the page reloads by itself.
(function () {
  "use strict";
  var waiting = Array.prototype.slice.call(document.querySelectorAll("[data-job]"));

  function moved(one, said) {
    var bar = one.querySelector("progress");
    if (said.steps) { bar.max = said.steps; bar.value = said.done; }
    if (said.state !== one.getAttribute("data-state")) { location.reload(); }
  }

  function look() {
    waiting.forEach(function (one) {
      fetch(one.getAttribute("data-job"), { credentials: "same-origin" })
        .then(function (answer) { return answer.ok ? answer.json() : null; })
        .then(function (said) { if (said) { moved(one, said); } })
        .catch(function () { /* The line may be back in a moment. */ });
    });
  }

  if (waiting.length) { setInterval(look, 1500); }
})();
