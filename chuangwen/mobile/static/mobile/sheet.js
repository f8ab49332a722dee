/* The checklist: counters, ready phrases, photos, what is not marked yet; the plain form works without this file. */
(function () {
  "use strict";
  var form = document.getElementById("sheet");
  if (!form) { return; }
  var uuid = form.dataset.visit, sending = false, waited = false, ready = false;
  var standing = window.cwStanding, items = standing.items, show = standing.show;
  var field = standing.field, value = standing.value, isBad = standing.isBad, isMarked = standing.isMarked;
  var kept = document.getElementById("kept");
  var said = document.getElementById("said"), asked = form.elements.asked, lost = document.querySelector("[data-lost]");
  var store = { words: true, busy: 0, unkept: [] }, restored = null;
  document.body.classList.add("fc-live");

  /* draft ------------------------------------------------------------- */
  function collect() {
    var values = {};
    Array.prototype.forEach.call(form.elements, function (input) {
      if (!input.name || input.type === "file" || input.name === "asked" || input.name === "csrfmiddlewaretoken") { return; }
      if (input.type === "checkbox") { if (input.checked) { values[input.name] = "1"; } return; }
      if (input.type === "radio") { if (input.checked && input.value) { values[input.name] = input.value; } return; }
      if (input.value !== input.defaultValue || form.dataset.bound) { values[input.name] = input.value; }
    });
    return values;
  }
  function keep() {
    store.words = window.cwDraft.write(uuid, { marked: items.filter(isMarked).length, values: collect(), name: form.dataset.place, who: form.dataset.who, at: Date.now() });
    told();
  }
  /* the head says 已存本机 only while everything entered is kept, photos too */
  function told() {
    var lost = store.unkept.length;
    kept.textContent = !store.words ? "本机存不下" : store.busy ? "正在存照片" : lost ? "照片没存下" : "已存本机";
    if (lost) { say("有照片本机存不下。交之前不要关掉这一页。"); }
  }
  function keepPhotos(input) {
    var name = input.closest("[data-item]").dataset.item;
    store.busy += 1;
    store.unkept = store.unkept.filter(function (other) { return other !== name; });
    window.cwPhotos.write(uuid, name, Array.prototype.slice.call(input.files))
      .catch(function () { store.unkept.push(name); })
      .then(function () { store.busy -= 1; told(); });
  }
  function putBack(found) {
    found.forEach(function (one) {
      var input = form.elements["photo-" + one.item], files = new DataTransfer();
      if (!input || input.files.length) { return; }
      one.files.forEach(function (file) { files.items.add(file); });
      input.files = files.files;
      preview(input);
    });
    if (lost && count() >= Number(lost.dataset.lost)) { lost.remove(); }
    if (found.length) { told(); show(); }
  }
  function count() {
    return items.reduce(function (sum, item) { return sum + item.querySelector(".fc-file").files.length; }, 0);
  }
  function restore() {
    var draft = window.cwDraft.read(uuid);
    if (!draft || form.dataset.bound) { return; }
    Object.keys(draft.values).forEach(function (name) {
      var found = form.elements[name];
      if (!found) { return; }
      if (found.type === "checkbox") { found.checked = true; } else { found.value = draft.values[name]; }
    });
    items.forEach(function (item) {
      if (value(item, "other")) { item.querySelector(".fc-other:last-child").open = true; }
      if (!field(item, "bad") && value(item, "note")) { item.querySelector(".fc-other").open = true; }
    });
    told();
  }

  /* what is shown ------------------------------------------------------ */
  function meaning(item) { window.cwNumbers.meaning(item, show); }
  function say(text) { if (said) { said.textContent = text; said.hidden = !text; } }
  /* a section is no longer missing once it is answered */
  function settle() {
    var open = form.querySelectorAll(".fc-rest.is-missing");
    open.forEach(function (rest) {
      if (standing.isOpen(rest)) { return; }
      rest.classList.remove("is-missing");
      rest.querySelectorAll("[data-error]").forEach(function (old) { old.remove(); });
    });
    var left = form.querySelectorAll(".fc-rest.is-missing").length;
    if (open.length) { say(left ? "还有 " + left + "\u00a0段没有确认" : ""); }
  }
  /* on to the next section that is still missing; after the last, to what would be handed in */
  function further() {
    var next = form.querySelector(".fc-rest.is-missing");
    if (next) { goTo(next, standing.asking(next)); } else if (!form.querySelector(".fc-rest.is-open")) { standing.lead(); }
  }
  function changed() { show(); settle(); keep(); }

  form.addEventListener("input", changed);
  form.addEventListener("change", function (event) {
    if (event.target.type === "file") { preview(event.target); keepPhotos(event.target); }
    changed();
    if (/^(rest|empty)-/.test(event.target.name)) { further(); }
  });
  ["input", "change"].forEach(function (kind) {
    form.addEventListener(kind, function (event) {
      var item = event.target.closest("[data-item]");
      if (!item || event.target.type !== "text") { return; }
      window.clearTimeout(item.timer);
      if (kind === "change") { meaning(item); } else { item.timer = window.setTimeout(meaning, 400, item); }
    });
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
  function lacks(item) {
    if (!isBad(item) || value(item, "other") || item.querySelector(".fc-file").files.length) { return ""; }
    return item.dataset.photo ? "photo" : (!field(item, "bad") && !value(item, "note") ? "number" : "");
  }
  /* once for each item: photos the standard wants, numbers that are not qualified; sent again it goes */
  function asks() {
    var names = asked.value.split(" ").filter(Boolean), open = items.filter(lacks);
    var fresh = open.filter(function (item) { return !names.includes(item.dataset.item); });
    if (!fresh.length) { return false; }
    var photos = open.filter(function (item) { return lacks(item) === "photo"; }).length, words = [];
    if (photos) { words.push(photos + "\u00a0项按要求要拍照，还没有照片。"); }
    if (open.length > photos) { words.push(open.length - photos + "\u00a0项按规则不合格，还没有照片和情况。"); }
    items.forEach(function (item) { item.classList.toggle("is-wrong", open.includes(item)); });
    asked.value = names.concat(fresh.map(function (item) { return item.dataset.item; })).join(" ");
    say(words.join("") + "补上再交；不补，再按一次照样交。");
    open[0].scrollIntoView({ block: "center" });
    return true;
  }
  function goTo(place, input) {
    place.scrollIntoView({ block: "center" });
    input.focus({ preventScroll: true });
  }
  form.addEventListener("submit", function (event) {
    if (sending) { event.preventDefault(); return; }
    if ((!ready || window.cwNumbers.waiting.length) && !waited) {
      event.preventDefault();
      waited = true;
      Promise.all([restored, Promise.race([Promise.all(window.cwNumbers.waiting), new Promise(function (done) { window.setTimeout(done, 3000); })])])
        .then(function () { document.querySelector('button[form="sheet"]').click(); });
      return;
    }
    waited = false;
    var fault = window.cwNumbers.first(items.filter(function (item) { return isMarked(item) && value(item, "other") === ""; }));
    if (fault) {
      event.preventDefault();
      say(fault.says);
      goTo(fault.item, window.cwNumbers.fields(fault.item)[0]);
      return;
    }
    var missing = Array.prototype.filter.call(form.querySelectorAll(".fc-rest"), standing.isOpen);
    missing.forEach(function (rest) { rest.classList.add("is-missing"); });
    if (missing.length) {
      event.preventDefault();
      say("还有 " + missing.length + "\u00a0段没有确认");
      goTo(missing[0], standing.asking(missing[0]));
      return;
    }
    say("");
    if (asks()) { event.preventDefault(); return; }
    if (!standing.isRead()) {
      event.preventDefault();
      say("看一遍要交的数，再按一次就交。");
      standing.lead();
      return;
    }
    sending = true;
    keep();
  });
  window.addEventListener("pageshow", function () { sending = false; });

  restore();
  restored = window.cwPhotos.read(uuid).then(putBack).catch(function () { /* this browser keeps no photos */ }).then(function () {
    ready = true;
    if (form.dataset.bound) { standing.seen(); } /* sent once already, and refused */
  });
  items.forEach(function (item) {
    var input = item.querySelector(".fc-file");
    if (input.files.length) { preview(input); }
  });
  items.forEach(meaning);
  show();
  var wrong = document.getElementById("wrong");
  if (wrong) { wrong.focus(); }
}());
