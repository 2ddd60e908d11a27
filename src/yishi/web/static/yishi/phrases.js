// A phrase that is ticked goes at once into the text beside it, where the cursor was; without this
// file it stays ticked and the server puts it after what was typed.
(function () {
  "use strict";
  document.addEventListener("change", function (event) {
    var box = event.target;
    if (!box.hasAttribute || !box.hasAttribute("data-phrase") || !box.checked) { return; }
    var field = box.closest(".field"), text = field && field.querySelector("textarea");
    if (!text) { return; }
    var from = text.selectionStart, to = text.selectionEnd;
    text.value = text.value.slice(0, from) + box.value + text.value.slice(to);
    text.selectionStart = text.selectionEnd = from + box.value.length;
    box.checked = false;
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
