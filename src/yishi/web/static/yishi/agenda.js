// The order of an agenda, put right in place: by the arrows, by Alt with an arrow key, by dragging.
// Without this file the arrows ask the server for the new order, and the numbers can be typed.
(function () {
  "use strict";
  var list = document.querySelector("[data-ordering]");
  if (!list) { return; }
  var dragged = null;

  function rows() { return Array.prototype.slice.call(list.children); }

  function number() {
    rows().forEach(function (row, place) {
      row.querySelector("input[name*='.place.']").value = place + 1;
    });
  }

  function move(row, up) {
    var beside = up ? row.previousElementSibling : row.nextElementSibling;
    if (!beside) { return; }
    list.insertBefore(up ? row : beside, up ? beside : row);
    number();
  }

  // What becomes of an item that is taken off is said beside it; ticking it again puts it back.
  function tell(row) {
    var box = row.querySelector("input[type=checkbox]"), said = row.querySelector("[data-off]");
    var button = row.querySelector("button[value^='off:']");
    if (said) { said.hidden = box.checked; }
    if (button) { button.hidden = !box.checked; }
  }

  function off(button) {
    var row = button.closest("li"), box = row.querySelector("input[type=checkbox]");
    box.checked = false;
    tell(row);
    box.focus();
  }

  list.addEventListener("click", function (event) {
    var button = event.target;
    if (button.tagName !== "BUTTON" || button.name !== "items.move") { return; }
    if (button.value.indexOf("on:") === 0) { return; }
    event.preventDefault();
    if (button.value.indexOf("off:") === 0) { off(button); return; }
    move(button.closest("li"), button.value.indexOf("up:") === 0);
    button.focus();
  });

  list.addEventListener("keydown", function (event) {
    var up = event.key === "ArrowUp";
    if (!event.altKey || (!up && event.key !== "ArrowDown")) { return; }
    event.preventDefault();
    var focused = document.activeElement;
    move(event.target.closest("li"), up);
    focused.focus();
  });

  list.addEventListener("change", function (event) {
    if (event.target.type === "checkbox") { tell(event.target.closest("li")); }
    if (event.target.name.indexOf(".place.") < 0) { return; }
    var row = event.target.closest("li"), typed = parseInt(event.target.value, 10);
    if (!isNaN(typed)) {
      list.removeChild(row);
      list.insertBefore(row, list.children[Math.max(0, typed - 1)] || null);
    }
    number();
    event.target.focus();
  });

  rows().forEach(function (row) {
    row.draggable = true;
    row.addEventListener("dragstart", function (event) {
      dragged = row;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.getAttribute("data-item"));
    });
    row.addEventListener("dragover", function (event) {
      if (!dragged) { return; }
      event.preventDefault();
      var box = row.getBoundingClientRect(), after = event.clientY > box.top + box.height / 2;
      if (row !== dragged) { list.insertBefore(dragged, after ? row.nextElementSibling : row); }
    });
    row.addEventListener("dragend", function () { dragged = null; number(); });
  });
})();
