/* The bulk bar is shown once something is chosen; without this file it is always there. */
(function () {
  "use strict";
  var form = document.getElementById("bulk");
  var bar = form && form.querySelector("[data-bulk]");
  if (!bar) { return; }
  var show = function () {
    var picked = form.querySelectorAll('input[name="pick"]:checked');
    var all = form.querySelector('input[name="all"]');
    bar.hidden = picked.length === 0 && !(all && all.checked);
    bar.querySelector("[data-bulk-count]").textContent = picked.length;
    form.querySelectorAll("tbody tr").forEach(function (row) {
      var box = row.querySelector('input[name="pick"]');
      row.classList.toggle("is-on", Boolean(box && box.checked));
    });
  };
  document.addEventListener("change", function (event) { if (form.contains(event.target)) { show(); } });
  show();
}());
