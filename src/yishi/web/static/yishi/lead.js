// Until when the notice has to go out, said anew beside the time while that is chosen.
// Without this file a button asks for the page again, with what is typed and nothing done.
(function () {
  "use strict";
  var place = document.querySelector("[data-lead]"), form = place && place.closest("form");
  if (!form || !window.fetch || !window.FormData) { return; }
  var waiting = 0, asked = 0;

  function query() {
    var said = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      var known = name.replace("subject.", "");
      if (/^(body|sitting|starts_at|kind)$/.test(known)) { said.append(known, value); }
    });
    return said.toString();
  }

  function ask() {
    var mine = ++asked;
    fetch(place.getAttribute("data-lead") + "?" + query(), { credentials: "same-origin" })
      .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : ""; })
      // An answer that was overtaken by a later question is not shown.
      .then(function (html) { if (mine === asked) { place.innerHTML = html; } })
      .catch(function () { if (mine === asked) { place.textContent = ""; } });
  }

  form.addEventListener("input", function (event) {
    if (!/^(body|starts_at|kind)$/.test(event.target.name)) { return; }
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, 300);
  });
})();
