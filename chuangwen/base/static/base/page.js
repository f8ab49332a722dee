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
  /* many people to tick: typed words leave who fits, and who is ticked is told by name */
  document.querySelectorAll("div.cw-choose").forEach(function (list) {
    var rows = Array.prototype.slice.call(list.querySelectorAll("label"));
    var find = document.createElement("input"), told = document.createElement("p");
    find.type = "search"; find.className = "form-control"; find.placeholder = "按姓名或单位找";
    find.setAttribute("aria-label", find.placeholder);
    told.className = "cw-chosen"; told.setAttribute("role", "status");
    function tell() {
      var names = rows.filter(function (row) { return row.querySelector("input").checked; })
        .map(function (row) { return row.textContent.trim(); });
      told.textContent = names.length ? "选了 " + names.length + "\u00a0人：" + names.join("、") : "还没有选。";
    }
    function narrow() {
      var text = find.value.trim(), left = 0;
      rows.forEach(function (row) {
        row.parentNode.hidden = row.textContent.indexOf(text) < 0;
        left += !row.parentNode.hidden;
      });
      list.dataset.none = left ? "" : "没有合“" + text + "”的人。";
    }
    find.addEventListener("input", narrow);
    find.addEventListener("keydown", function (event) { if (event.key === "Enter") { event.preventDefault(); } });
    list.addEventListener("change", tell);
    list.before(told, find);
    tell();
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) { window.print(); }
  });
}());
