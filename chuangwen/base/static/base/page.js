/* Conveniences of every page; each page works without this file. */
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    var find = document.querySelector(".cw-find input");
    if (event.key === "/" && !typing && find) { event.preventDefault(); find.focus(); }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    var link = { j: "next", k: "prev" }[event.key];
    var target = link && document.querySelector('a[rel="' + link + '"]');
    if (target) { target.click(); }
  });
  /* filters submit by themselves */
  document.addEventListener("change", function (event) {
    var form = event.target.closest("form.cw-filter");
    if (form && event.target.tagName === "SELECT") { form.requestSubmit(); }
    var all = event.target.closest("[data-check-all]");
    if (all) {
      document.querySelectorAll('input[name="' + all.dataset.checkAll + '"]').forEach(function (box) { box.checked = all.checked; });
    }
  });
  /* 复制: a button with data-copy holds the id of the text it copies */
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    if (!button) { return; }
    var source = document.getElementById(button.dataset.copy);
    source.hidden = false; source.select();
    var done = function () { button.textContent = "已复制"; };
    if (navigator.clipboard) { navigator.clipboard.writeText(source.value).then(done, function () { document.execCommand("copy"); done(); }); }
    else { document.execCommand("copy"); done(); }
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) { window.print(); }
  });
}());
