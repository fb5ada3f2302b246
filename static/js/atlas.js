// Optional: the page is complete without it. A "copy" button after each [data-copy]; the error summary takes the focus;
// folded parts open for print.
(function () {
  var words = document.currentScript.dataset;
  if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(function (el) {
    var b = document.createElement("button");
    b.type = "button"; b.className = "btn line sm"; b.textContent = words.copy;
    b.setAttribute("aria-label", words.copy + " : " + el.dataset.copy);
    b.onclick = function () {
      navigator.clipboard.writeText(el.textContent.trim()).then(function () {
        b.textContent = words.copied; b.setAttribute("aria-label", words.copied);
      });
    };
    el.after(b);
  });
  var err = document.querySelector(".err[role=alert]");
  if (err) err.focus();
  addEventListener("beforeprint", function () {
    document.querySelectorAll("main details:not([open])").forEach(function (d) { d.open = true; });
  });
})();
