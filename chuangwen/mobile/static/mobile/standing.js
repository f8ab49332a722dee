/* How each item stands and what would be handed in: told at the item, in the bar, and before the button. */
(function () {
  "use strict";
  var form = document.getElementById("sheet");
  if (!form) { return; }
  var items = Array.prototype.slice.call(form.querySelectorAll("[data-item]"));
  var rests = Array.prototype.slice.call(form.querySelectorAll(".fc-rest"));
  var tally = document.getElementById("tally"), sum = document.getElementById("sum"), read = "";

  function field(item, name) { return form.elements[name + "-" + item.dataset.item]; }
  function value(item, name) { var found = field(item, name); return found ? found.value.trim() : ""; }
  function hasDefault(item) { return Boolean(field(item, "bad")); }
  function photos(item) { return item.querySelector(".fc-file").files.length; }
  function isNumbered(item) { return !hasDefault(item) && window.cwNumbers.fields(item).some(function (input) { return input.value.trim() !== ""; }); }
  function isBad(item) {
    var box = field(item, "bad");
    return box ? box.checked : item.dataset.means === "bad" && value(item, "other") === "";
  }
  /* words and photos where a number is asked for want that number */
  function isMarked(item) {
    return isBad(item) || value(item, "other") !== "" || isNumbered(item) || (!hasDefault(item) && Boolean(value(item, "note") || photos(item)));
  }
  function said(part, name) {
    var found = form.querySelector('[name="' + name + "-" + part + '"]:checked');
    return found ? found.value : "";
  }
  /* bad, ok, number (entered, judged when it arrives), none, absent; open: nothing is said about it yet */
  function stateOf(item) {
    var part = item.dataset.part, rest = said(part, "rest");
    if (value(item, "other")) { return value(item, "other"); }
    if (isBad(item)) { return "bad"; }
    if (isMarked(item)) { return item.dataset.means === "ok" ? "ok" : "number"; }
    if (hasDefault(item)) { return rest || "open"; }
    return rest === "none" ? rest : said(part, "empty") || "open";
  }
  function of(rest, defaults) {
    return items.filter(function (item) { return item.dataset.part === rest.dataset.part && hasDefault(item) === defaults && !isMarked(item); });
  }
  /* is something still to be said about its section? */
  function isOpen(rest) {
    return items.some(function (item) { return item.dataset.part === rest.dataset.part && stateOf(item) === "open"; });
  }
  /* the field where it is said */
  function asking(rest) {
    var first = rest.querySelector('[data-of="rest"]:not([hidden]) input');
    return first && !said(rest.dataset.part, "rest") ? first : rest.querySelector('[data-of="empty"] input');
  }

  function show() {
    var counts = { bad: 0, ok: 0, number: 0, none: 0, absent: 0, open: 0 }, places = 0, shots = 0;
    items.forEach(function (item) {
      var state = item.dataset.state = stateOf(item);
      counts[state] += 1;
      places += state !== "bad" ? 0 : item.dataset.ask === "occurrences" ? Number(value(item, "number")) || 1 : 1;
      shots += value(item, "other") ? 0 : photos(item);
    });
    rests.forEach(function (rest) {
      block(rest, "rest", "没有标的", of(rest, true));
      block(rest, "empty", "没有填数的", said(rest.dataset.part, "rest") === "none" ? [] : of(rest, false));
      rest.hidden = !rest.querySelector("[data-of]:not([hidden])");
      rest.classList.toggle("is-open", isOpen(rest));
    });
    if (tally) { tell(counts, places); }
    if (sum) { list(counts, places, shots); }
  }
  function block(rest, name, head, open) {
    var box = rest.querySelector('[data-of="' + name + '"]');
    if (!box) { return; }
    box.hidden = !open.length;
    named(box.querySelector(".fc-unmarked"), head + " " + open.length + "\u00a0项：", open);
  }
  /* items by their words, each leading to its line */
  function named(line, head, open) {
    line.textContent = head;
    open.forEach(function (item, number) {
      var link = document.createElement("a");
      link.href = "#" + item.id;
      link.textContent = item.querySelector(".fc-text b").textContent;
      line.append(number ? "；" : "", link);
    });
  }
  function tell(counts, places) {
    var strong = document.createElement("b"), left = counts.open;
    strong.textContent = "不合格 " + counts.bad + "\u00a0项";
    tally.textContent = "";
    tally.append(strong, counts.bad ? "，共 " + places + "\u00a0处" : "", document.createElement("br"),
      left ? "没有标 " + left + "\u00a0项" : "合格 " + counts.ok + "\u00a0项，未查 " + counts.none + "\u00a0项");
  }
  function list(counts, places, shots) {
    var rows = [["不合格", counts.bad, "项" + (counts.bad ? "，共 " + places + "\u00a0处" : "")], ["合格", counts.ok, "项"], ["未查", counts.none, "项"]];
    var numbers = items.filter(function (item) { return isNumbered(item) && !value(item, "other"); }).length;
    if (counts.absent) { rows.push(["缺项", counts.absent, "项，由创建办裁定"]); }
    if (counts.number) { rows.push(["收到再判", counts.number, "项"]); }
    if (counts.open) { rows.push(["没有标", counts.open, "项，还不能交"]); }
    if (items.some(function (item) { return !hasDefault(item); })) { rows.push(["填了数", numbers, "项"]); }
    rows.push(["照片", shots, "张"]);
    var facts = sum.querySelector("dl");
    facts.textContent = "";
    rows.forEach(function (row) {
      var name = document.createElement("dt"), number = document.createElement("dd");
      name.textContent = row[0];
      number.textContent = row[1] + "\u00a0" + row[2];
      facts.append(name, number);
    });
    sum.hidden = false;
  }
  /* what is locked was read as it stands: it is on the screen, or was when it said the same */
  function isRead() {
    var box = sum.getBoundingClientRect();
    if (box.top >= 0 && box.bottom <= tally.parentNode.getBoundingClientRect().top) { read = sum.textContent; }
    return read === sum.textContent;
  }
  function lead() {
    seen();
    sum.scrollIntoView({ block: "center" });
  }
  function seen() { read = sum.textContent; }
  window.cwStanding = { items: items, field: field, value: value, isBad: isBad, isMarked: isMarked, isOpen: isOpen, asking: asking, show: show, isRead: isRead, lead: lead, seen: seen };
}());
