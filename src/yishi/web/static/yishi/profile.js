// How papers look, set anew beside the form while it is filled in. Without this file the button
// “preview” asks for the page again, with what is typed and not saved.
(function () {
  "use strict";
  var form = document.querySelector("form[data-preview]");
  var place = document.querySelector("[data-previewed]");
  if (!form || !place || !window.fetch || !window.FormData) { return; }
  var waiting = 0, asked = 0;

  function each(of, which, act) { Array.prototype.forEach.call(of.querySelectorAll(which), act); }

  // What cannot stand is told at its field as well, as the server tells it when it is sent.
  function tell() {
    each(form, "p.error", function (one) { one.parentNode.removeChild(one); });
    each(form, ".wrong", function (one) { one.classList.remove("wrong"); });
    each(form, "[aria-invalid]", function (one) { one.removeAttribute("aria-invalid"); });
    each(place, "[data-problem]", function (one) {
      var field = form.elements[one.getAttribute("data-problem")], said = document.createElement("p");
      said.className = "error";
      said.textContent = one.textContent;
      field.closest(".field").classList.add("wrong");
      field.setAttribute("aria-invalid", "true");
      field.parentNode.insertBefore(said, field);
    });
  }

  function ask() {
    var mine = ++asked;
    place.setAttribute("aria-busy", "true");
    fetch(form.getAttribute("data-preview"), { method: "POST", body: new FormData(form), credentials: "same-origin" })
      .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : null; })
      .then(function (html) {
        // An answer that was overtaken by a later question is not shown.
        if (mine === asked && html !== null) { place.innerHTML = html; tell(); }
        if (mine === asked) { place.removeAttribute("aria-busy"); }
      })
      .catch(function () { place.removeAttribute("aria-busy"); });
  }

  function soon() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, 500);
  }

  form.addEventListener("input", soon);
  document.addEventListener("change", function (event) {
    if (event.target.form === form) { soon(); }
  });
  document.addEventListener("click", function (event) {
    if (event.target.form !== form || event.target.name !== "preview") { return; }
    event.preventDefault();
    ask();
  });
})();
