// What the pages do beyond links and forms; without it everything can still be read and asked.
"use strict";

// A choice that is made submits its form: the button is for those without a script.
for (const button of document.querySelectorAll("[data-submits-itself]")) {
  button.hidden = true;
  button.form.addEventListener("change", () => button.form.requestSubmit());
}
