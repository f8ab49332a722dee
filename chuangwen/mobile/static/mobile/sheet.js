/* The checklist: counters, ready phrases, previews, what is not marked yet; the plain form works without this file. */
(function () {
  "use strict";
  var form = document.getElementById("sheet");
  if (!form) { return; }
  var uuid = form.dataset.visit, sending = false;
  var items = Array.prototype.slice.call(form.querySelectorAll("[data-item]"));
  var tally = document.getElementById("tally"), kept = document.getElementById("kept");
  document.body.classList.add("fc-live");

  function field(item, name) { return form.elements[name + "-" + item.dataset.item]; }
  function value(item, name) { var found = field(item, name); return found ? found.value.trim() : ""; }
  function isBad(item) { var box = field(item, "bad"); return Boolean(box && box.checked); }
  function hasDefault(item) { return Boolean(field(item, "bad")); }
  function isMarked(item) { return isBad(item) || value(item, "other") !== "" || (!hasDefault(item) && value(item, "number") !== ""); }
  function textOf(item) { return item.querySelector(".fc-text b").textContent; }

  /* draft ------------------------------------------------------------- */
  function collect() {
    var values = {};
    Array.prototype.forEach.call(form.elements, function (input) {
      if (!input.name || input.type === "file" || input.name === "csrfmiddlewaretoken") { return; }
      if (input.type === "checkbox") { if (input.checked) { values[input.name] = "1"; } return; }
      if (input.type === "radio") { if (input.checked && input.value) { values[input.name] = input.value; } return; }
      if (input.value !== input.defaultValue || form.dataset.bound) { values[input.name] = input.value; }
    });
    return values;
  }
  function keep() {
    var done = window.cwDraft.write(uuid, { marked: items.filter(isMarked).length, values: collect() });
    kept.textContent = done ? "已存本机" : "本机存不下";
  }
  function restore() {
    var draft = window.cwDraft.read(uuid);
    if (!draft || form.dataset.bound) { return; }
    Object.keys(draft.values).forEach(function (name) {
      var found = form.elements[name];
      if (!found) { return; }
      if (found.type === "checkbox") { found.checked = true; } else { found.value = draft.values[name]; }
    });
    items.forEach(function (item) { if (value(item, "other")) { item.querySelector(".fc-other").open = true; } });
    kept.textContent = "已存本机";
  }

  /* what is shown ------------------------------------------------------ */
  function show() {
    var bad = items.filter(isBad), places = 0;
    bad.forEach(function (item) { places += item.dataset.ask === "occurrences" ? Number(value(item, "number")) || 1 : 1; });
    if (tally) {
      var left = items.filter(function (item) { return !isMarked(item); }).length;
      tally.textContent = "";
      var strong = document.createElement("b");
      strong.textContent = "不合格 " + bad.length + "\u00a0项";
      tally.append(strong, bad.length ? "，共 " + places + "\u00a0处" : "", document.createElement("br"), "没有标 " + left + "\u00a0项");
    }
    form.querySelectorAll(".fc-rest").forEach(function (rest) {
      var open = items.filter(function (item) { return item.dataset.part === rest.dataset.part && hasDefault(item) && !isMarked(item); });
      rest.hidden = !open.length;
      rest.querySelector("[data-unmarked]").textContent = "没有标的 " + open.length + "\u00a0项：" + open.map(textOf).join("；");
    });
  }
  function changed() { show(); keep(); }

  form.addEventListener("input", changed);
  form.addEventListener("change", function (event) {
    if (event.target.type === "file") { preview(event.target); }
    changed();
  });
  form.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) { return; }
    var item = button.closest("[data-item]");
    if (button.dataset.step) { step(item, Number(button.dataset.step)); }
    if (button.dataset.phrase) {
      var note = field(item, "note");
      note.value = note.value ? note.value + "，" + button.dataset.phrase : button.dataset.phrase;
      changed();
    }
  });
  /* − at 1 returns the item to 合格 */
  function step(item, by) {
    var number = field(item, "number"), next = (Number(number.value) || 0) + by;
    if (next < 1) { field(item, "bad").checked = false; number.value = 1; } else { number.value = next; }
    changed();
  }
  function preview(input) {
    var box = input.closest(".cw-shots").querySelector(".fc-previews"), item = input.closest("[data-item]");
    box.querySelectorAll("img").forEach(function (image) { URL.revokeObjectURL(image.src); });
    form.querySelectorAll('input[name="taken-' + item.dataset.item + '"]').forEach(function (old) { old.remove(); });
    box.textContent = "";
    Array.prototype.forEach.call(input.files, function (file, number) {
      if (number < 2) {
        var image = document.createElement("img");
        image.alt = "照片 " + (number + 1);
        image.src = URL.createObjectURL(file);
        box.append(image);
      }
      var taken = document.createElement("input");
      taken.type = "hidden"; taken.name = "taken-" + item.dataset.item; taken.value = String(file.lastModified || "");
      form.append(taken);
    });
    input.closest("label").querySelector("span").textContent = input.files.length > 2 ? "共 " + input.files.length + "\u00a0张" : "重选";
  }

  /* sending ------------------------------------------------------------ */
  form.addEventListener("submit", function (event) {
    if (sending) { event.preventDefault(); return; }
    var missing = Array.prototype.filter.call(form.querySelectorAll(".fc-rest"), function (rest) {
      var unsaid = !rest.hidden && !rest.querySelector("input:checked");
      rest.classList.toggle("is-missing", unsaid);
      return unsaid;
    });
    if (missing.length) {
      event.preventDefault();
      missing[0].scrollIntoView({ block: "center" });
      missing[0].querySelector("input").focus({ preventScroll: true });
      return;
    }
    sending = true;
    keep();
  });
  window.addEventListener("pageshow", function () { sending = false; });

  restore();
  items.forEach(function (item) {
    var input = item.querySelector(".fc-file");
    if (input && input.files.length) { preview(input); }
  });
  show();
  var wrong = document.getElementById("wrong");
  if (wrong) { wrong.focus(); }
}());
