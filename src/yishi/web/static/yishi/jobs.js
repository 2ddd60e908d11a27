// How far jobs in the background are: one question for all of them. Where one has moved on, the page
// is fetched and only the part that shows them is replaced, so nothing ticked or typed is lost.
// It looks by itself and says so: that is no use of the session. Without this file the page of a
// job reloads by itself, and others have a link.
(function () {
  "use strict";
  var shown = document.querySelector("[data-jobs]"), busy = false, timer;

  function waiting() { return Array.prototype.slice.call(shown.querySelectorAll("[data-job]")); }

  function get(address) {
    var said = { headers: { "X-Yishi-Looks": "1" }, credentials: "same-origin", cache: "no-store" };
    return fetch(address, said).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer;
    });
  }

  function moved(said) {
    return waiting().filter(function (one) {
      var now = said[one.getAttribute("data-job")], bar = one.querySelector("progress");
      if (now && now.steps) { bar.max = now.steps; bar.value = now.done; }
      return !now || now.state !== one.getAttribute("data-state");
    }).length > 0;
  }

  function replaced(page) {
    var fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[data-jobs]");
    var at = shown.contains(document.activeElement) && document.activeElement.getAttribute("href");
    if (!fresh) { return; }
    shown.innerHTML = fresh.innerHTML;
    // Who watched it being made is led to it; who comes back later finds the link.
    var lead = shown.querySelector("[data-lead]");
    if (lead) { location.assign(lead.getAttribute("href")); return; }
    Array.prototype.slice.call(at ? shown.querySelectorAll("a[href]") : []).some(function (link) {
      if (link.getAttribute("href") !== at) { return false; }
      link.focus();
      return true;
    });
  }

  function look() {
    var every = waiting();
    if (!every.length) { clearInterval(timer); }
    if (busy || !every.length) { return; }
    busy = true;
    get(shown.getAttribute("data-jobs") + "?" + every.map(function (one) {
      return "job=" + one.getAttribute("data-job");
    }).join("&"))
      .then(function (answer) { return answer.json(); })
      .then(function (said) {
        if (!moved(said)) { return null; }
        return get(location.href.split("#")[0])
          .then(function (answer) { return answer.text(); }).then(replaced);
      })
      .catch(function () { /* The line may be back in a moment. */ })
      .then(function () { busy = false; });
  }

  if (shown && waiting().length) { timer = setInterval(look, 1500); }
})();
